// Builds elements. Text always becomes a text node, never HTML: that is the widget's whole defence against script in content.

const SVG = "http://www.w3.org/2000/svg";
let lastId = 0;

/** An id that is unique within every shadow root of the page. */
export const newId = (name) => `rg-${name}-${++lastId}`;

/** el("button", { class: "quiet", onclick: f, hidden: true }, "text", child, null): null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

/** A line drawing of 24 × 24 units in the colour of the text, hidden from screen readers. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(name, value);
  }
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  ask: "M4 5h16v11H10l-4 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  chevron: "M6 9l6 6 6-6",
  warning: "M12 4l9 16H3zM12 10v5M12 17.5v.5",
  checked: "M5 12.5l4.5 4.5L19 7.5",
};

/** Web addresses only: a javascript: or data: address in content must not become a link. */
export function link(url, ...children) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(address.protocol)) return null;
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
