// Prints one answer alone, whatever page the widget stands on.

import { el } from "./elements.js";
import { sourceDate } from "./citation-view.js";
import { contactLine } from "./contact-view.js";
import { formatDate, formatTime } from "./dates.js";
import { inOrder } from "./notice-view.js";
import { inline, paragraphs, splitLead } from "./rich-text.js";
import { doubts, validityLine } from "./validity-line.js";

const HIDE_THE_REST = `@media print {
  :root, body { height: auto !important; background: #fff !important; color-scheme: light !important }
  body > :not([data-radgivaren-print]) { display: none !important }
}
@media screen { [data-radgivaren-print] { display: none !important } }`;

function sourceView(citation, context) {
  const { texts } = context;
  return el(
    "li",
    { value: citation.n },
    el("strong", {}, citation.title),
    `. ${citation.publisher}, ${sourceDate(citation, context)}. ${texts.validity[citation.validity] ?? ""}.`,
    citation.laws?.length ? ` ${citation.laws.join(", ")}.` : "",
    el("blockquote", {}, citation.quote),
    el("span", { class: "address" }, citation.url ?? ""),
  );
}

function sheet(answer, turn, context) {
  const { texts, language } = context;
  const cite = (n) => (answer.citations?.some((one) => one.n === n) ? el("span", { class: "cite" }, `[${n}]`) : null);
  const [lead, rest] = splitLead(answer.text ?? "");
  const refined = answer.refined_answer && texts.refined(formatDate(answer.refined_answer.approved_at, language));
  const validity = [validityLine(answer, context), doubts(answer, context), refined].filter(Boolean);
  const contacts = (answer.contacts ?? []).map((one) => el("li", {}, contactLine(one, context)));
  const notices = inOrder(answer.notices).map(({ kind, text }) =>
    el("p", { class: "notice" }, el("strong", {}, texts.notices[kind] ?? ""), ` ${text}`),
  );
  return el(
    "article",
    { lang: language },
    el("p", { class: "printed-from" }, texts.retrieved(formatTime(turn.askedAt, language, texts.at))),
    el("h1", {}, turn.shown),
    ...notices,
    el("p", { class: "lead" }, ...inline(lead, cite)),
    ...paragraphs(rest, cite),
    ...validity.map((line) => el("p", { class: "validity" }, line)),
    answer.citations?.length ? el("h2", {}, texts.sourcesTitle) : null,
    el("ol", {}, ...(answer.citations ?? []).map((one) => sourceView(one, context))),
    contacts.length ? el("h2", {}, texts.contactsTitle) : null,
    contacts.length ? el("ul", {}, ...contacts) : null,
  );
}

export async function printAnswer(answer, turn, context) {
  const host = el("div", { "data-radgivaren-print": true });
  const root = host.attachShadow({ mode: "open" });
  const stylesheet = el("link", { rel: "stylesheet", href: new URL("./print.css", import.meta.url).href });
  const loaded = new Promise((resolve) => ["load", "error"].forEach((name) => stylesheet.addEventListener(name, resolve)));
  root.append(stylesheet, sheet(answer, turn, context));
  // A constructed sheet is script, not inline style: a strict style-src allows it.
  const rules = new CSSStyleSheet();
  rules.replaceSync(HIDE_THE_REST);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
  document.body.append(host);
  // Phones return from print() at once and print later: clean up when they say so.
  const cleanUp = () => {
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== rules);
  };
  window.addEventListener("afterprint", cleanUp, { once: true });
  await loaded;
  window.print();
}
