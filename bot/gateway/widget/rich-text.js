// The answer's text: paragraphs, **bold** and [n]. Nothing else is markup, and all of it ends as text nodes.

import { el } from "./elements.js";

const MARKUP = /\*\*(.+?)\*\*|\[(\d{1,2})\]/gs;
const SENTENCE_END = /[.!?](?:\s*\[\d{1,2}\])*(?=\s+["”(]?\p{Lu})/gu;
const ABBREVIATION = /(?:^|[\s(])(?:kap|prop|st|art|dir|nr|ref|resp|ca|tel|dvs|osv|bl\.a|t\.ex|m\.m|m\.fl|s\.k|e\.g|i\.e|Dr|No)\.$/i;
const LEAD_MAX = 260;

/** The first sentence (the conclusion) and the rest; a first sentence too long to lead stays in the text. */
export function splitLead(text) {
  const bold = /^\*\*[^*]+?(?:[.!?]\*\*|\*\*(?=\n))(?:\s*\[\d{1,2}\])*/.exec(text);
  if (bold) return [bold[0], text.slice(bold[0].length).trimStart()];
  const first = text.split(/\n/, 1)[0];
  for (const end of first.matchAll(SENTENCE_END)) {
    if (ABBREVIATION.test(first.slice(0, end.index + 1))) continue;
    const lead = first.slice(0, end.index + end[0].length);
    return lead.length <= LEAD_MAX ? [lead, text.slice(lead.length).trimStart()] : ["", text];
  }
  return first.length <= LEAD_MAX ? [first, text.slice(first.length).trimStart()] : ["", text];
}

/** Nodes for one run of text; `cite(n)` gives the node for [n], or null where there is no such source. */
export function inline(text, cite) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARKUP)) {
    const citation = found[2] ? cite(Number(found[2])) : null;
    if (found[2] && !citation) continue;
    // The space before a citation may not break, or the number stands alone on the next line.
    nodes.push(citation ? text.slice(from, found.index).replace(/ $/, "\u00a0") : text.slice(from, found.index));
    nodes.push(citation ?? el("strong", {}, ...inline(found[1], cite)));
    from = found.index + found[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

export function paragraphs(text, cite) {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => {
      const lines = part.trim().split("\n").map((line) => inline(line, cite));
      return el("p", {}, ...lines.flatMap((line, n) => (n ? [el("br"), ...line] : line)));
    });
}

/** The same text for a screen reader (without numbers) or the clipboard (with them). */
export function plain(text, { keepNumbers = false } = {}) {
  const unbolded = text.replace(/\*\*(.+?)\*\*/gs, "$1");
  return keepNumbers ? unbolded : unbolded.replace(/\s*\[\d{1,2}\]/g, "");
}
