// Slack's mrkdwn to nodes: links, mentions, bold, italics, code, quotations.

const INLINE = /<([^<>|]+)(?:\|([^<>]*))?>|(?<![\p{L}\p{N}])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}])|`([^`\n]+)`/gu;
const BREAK = "\u2060";

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function inline(text, members) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, target, label, bold, italic, code] = found;
    if (bold?.startsWith(BREAK) || italic?.startsWith(BREAK)) continue;
    nodes.push(unescaped(text.slice(end, found.index)));
    end = found.index + whole.length;
    if (bold) nodes.push(el("b", {}, ...inline(bold, members)));
    else if (italic) nodes.push(el("i", {}, ...inline(italic, members)));
    else if (code) nodes.push(el("code", {}, unescaped(code)));
    else if (target.startsWith("@")) nodes.push(el("span", { class: "mention" }, `@${members[target.slice(1)] ?? "Rådgivaren"}`));
    else nodes.push(el("a", { href: unescaped(target), target: "_blank", rel: "noreferrer" }, unescaped(label ?? target)));
  }
  nodes.push(unescaped(text.slice(end)));
  return nodes;
}

export function mrkdwn(text, members) {
  const lines = text.split("\n").map((line) =>
    line.startsWith(">")
      ? el("blockquote", {}, ...inline(line.slice(1), members))
      : el("div", { class: "line" }, ...inline(line, members)),
  );
  return el("div", { class: "mrkdwn" }, ...lines);
}

export const textNode = (text, members) => (text.type === "mrkdwn" ? mrkdwn(text.text, members) : el("span", {}, text.text));
