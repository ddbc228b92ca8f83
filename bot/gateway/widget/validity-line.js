// "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400)", and what to check before a decision.

import { el } from "./elements.js";
import { formatDate } from "./dates.js";

const LAWS_SHOWN = 4;

export function validityLine(answer, { texts, language }) {
  if (answer.validity_line) return answer.validity_line;
  if (!answer.citations?.length || !answer.as_of) return "";
  const laws = new Set(answer.citations.flatMap((citation) => citation.laws ?? []));
  const day = texts.validAsOf(formatDate(answer.as_of, language));
  return laws.size ? `${day} · ${[...laws].slice(0, LAWS_SHOWN).join(", ")}` : day;
}

/** Which sources are not plainly in force, and what to do about it; "" when all are, or when the line already says so. */
export function doubts(answer, { texts }) {
  if (answer.validity_line) return "";
  const kinds = ["superseded", "uncertain", "proposed"].flatMap((validity) => {
    const numbers = (answer.citations ?? []).filter((one) => one.validity === validity).map((one) => one.n);
    return numbers.length ? [texts.doubt(texts.validity[validity], numbers.join(", "))] : [];
  });
  return kinds.length ? [...kinds, texts.checkBeforeDecision].join(" ") : "";
}

export function validityView(answer, context) {
  const line = validityLine(answer, context);
  if (!line) return null;
  const doubt = doubts(answer, context);
  return el("p", { class: "validity" }, line, doubt && el("span", { class: "doubt" }, doubt));
}
