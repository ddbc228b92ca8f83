// An answer as plain text, for the case file: question, answer, validity, sources, contacts, time.

import { sourceDate } from "./citation-view.js";
import { contactLine } from "./contact-view.js";
import { formatTime } from "./dates.js";
import { inOrder } from "./notice-view.js";
import { plain } from "./rich-text.js";
import { doubts, validityLine } from "./validity-line.js";

function sourceLines(answer, context) {
  if (!answer.citations?.length) return [];
  const lines = answer.citations.map((one) =>
    [`[${one.n}] ${one.title}. ${one.publisher}, ${sourceDate(one, context)}.`, one.laws?.join(", "), one.url].filter(Boolean).join(" "),
  );
  return ["", `${context.texts.sourcesTitle}:`, ...lines];
}

function contactLines(answer, context) {
  if (!answer.contacts?.length) return [];
  return ["", `${context.texts.contactsTitle}:`, ...answer.contacts.map((one) => contactLine(one, context))];
}

export function answerAsText(answer, turn, context) {
  const { texts, language } = context;
  return [
    `${texts.printedQuestion}: ${turn.shown}`,
    "",
    ...inOrder(answer.notices).map((notice) => `${texts.notices[notice.kind] ?? ""}: ${notice.text}`),
    `${texts.printedAnswer}: ${plain(answer.text ?? "", { keepNumbers: true })}`,
    ...[validityLine(answer, context), doubts(answer, context)].filter(Boolean),
    ...sourceLines(answer, context),
    ...contactLines(answer, context),
    "",
    texts.retrieved(formatTime(turn.askedAt, language, texts.at)),
  ].join("\n");
}
