// The sources of an answer: folded to title, publisher and date; opened to quote, validity, law and link.

import { button, el, icon, ICONS, link, newId } from "./elements.js";
import { formatDate } from "./dates.js";

// The corpus is in Swedish, whatever language the answer is in; a screen reader must know.
const SOURCES_IN = "sv";

/** "Gäller från 1 juli 2025" in words, with the corpus's own note where there is one. */
function validityText(citation, { texts, language }) {
  const span = [
    citation.valid_from && texts.validFrom(formatDate(citation.valid_from, language)),
    citation.valid_to && texts.validTo(formatDate(citation.valid_to, language)),
  ].filter(Boolean);
  const status = texts.validity[citation.validity] ?? texts.validity.uncertain;
  return [status, ...span].join(" ");
}

export function sourceDate(citation, { texts, language }) {
  return formatDate(citation.published, language) || citation.date || texts.undated;
}

const row = (term, ...description) => [el("dt", {}, term), el("dd", {}, ...description)];

function sourceLink(citation, texts) {
  const anchor = citation.url && link(citation.url, texts.openSource);
  if (!anchor) return null;
  const site = new URL(anchor.href).hostname.replace(/^www\./, "");
  anchor.append(el("span", { class: "meta" }, ` ${site} ${texts.newTab}`));
  return el("p", { class: "source-link" }, anchor);
}

class SourceView {
  #toggle;
  #body;
  #cameFrom = null;

  constructor(citation, context) {
    const { texts } = context;
    const id = newId("source");
    this.#body = el("div", { class: "source-body", id, hidden: true }, ...this.#details(citation, context));
    this.#toggle = button("", () => this.toggle(), {
      class: "source-toggle",
      "aria-expanded": "false",
      "aria-controls": id,
    });
    const flag = citation.validity === "current" ? null : texts.validity[citation.validity];
    this.#toggle.append(
      el("span", { class: "number" }, String(citation.n)),
      el(
        "span",
        { class: "source-head" },
        el("span", { class: "source-title", lang: SOURCES_IN }, citation.title),
        el("span", { class: "meta" }, `${citation.publisher} · ${sourceDate(citation, context)}`),
        flag ? el("span", { class: `flag ${citation.validity}` }, flag) : null,
      ),
      icon(ICONS.chevron),
    );
    this.node = el("li", { class: "source" }, this.#toggle, this.#body);
  }

  toggle(open = this.#body.hidden) {
    this.#body.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
  }

  /** Opened from [n] in the text: focus comes here, and "Tillbaka till svaret" takes it back. */
  openFrom(citationButton) {
    this.#cameFrom = citationButton;
    this.toggle(true);
    this.#toggle.focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  #details(citation, context) {
    const { texts } = context;
    return [
      citation.heading
        ? el("p", { class: "quote-title", lang: SOURCES_IN }, citation.heading)
        : el("p", { class: "quote-title" }, texts.quoteTitle),
      el("blockquote", { lang: SOURCES_IN }, citation.quote),
      el(
        "dl",
        {},
        ...row(texts.validityTitle, validityText(citation, context), citation.validity_note && `. ${citation.validity_note}`),
        ...(citation.published && citation.date && citation.date !== citation.published ? row(texts.dateTitle, citation.date) : []),
        ...(citation.laws?.length ? row(texts.lawsTitle, citation.laws.join(", ")) : []),
      ),
      sourceLink(citation, texts),
      button(texts.backToText, () => this.#goBack(), { class: "quiet back" }),
    ];
  }

  #goBack() {
    this.toggle(false);
    (this.#cameFrom ?? this.#toggle).focus();
  }
}

/** `cite(n)` gives the button that stands for [n] in the text; `node` is the list below it (null without sources). */
export function sourcesView(citations, context) {
  const { texts } = context;
  const sources = new Map((citations ?? []).map((citation) => [citation.n, new SourceView(citation, context)]));
  const titles = new Map((citations ?? []).map((citation) => [citation.n, citation.title]));
  const cite = (n) => {
    if (!sources.has(n)) return null;
    return button(String(n), (event) => sources.get(n).openFrom(event.currentTarget), {
      class: "cite",
      "aria-label": texts.source(n, titles.get(n)),
    });
  };
  const id = newId("sources");
  const node = sources.size
    ? el(
        "div",
        { class: "sources", role: "group", "aria-labelledby": id },
        el("h4", { id }, texts.sourcesTitle),
        el("ol", { role: "list" }, ...[...sources.values()].map((source) => source.node)),
      )
    : null;
  return { cite, node };
}
