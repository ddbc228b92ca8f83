// One answer, in the order of every channel: notices, text, validity, sources, contacts, what next, what to do with it.

import { button, el, icon, ICONS, newId } from "./elements.js";
import { answerActions } from "./answer-actions.js";
import { sourcesView } from "./citation-view.js";
import { contactsView } from "./contact-view.js";
import { formatDate } from "./dates.js";
import { inOrder, noticeView } from "./notice-view.js";
import { paragraphs, inline, splitLead } from "./rich-text.js";
import { validityView } from "./validity-line.js";

function refinedBadge(refined, { texts, language }) {
  if (!refined) return null;
  return el("p", { class: "refined" }, icon(ICONS.checked), texts.refined(formatDate(refined.approved_at, language)));
}

export function textView(text, cite) {
  const [lead, rest] = splitLead(text);
  return el("div", { class: "text" }, lead ? el("p", { class: "lead" }, ...inline(lead, cite)) : null, ...paragraphs(rest, cite));
}

/** Buttons that each ask one thing: follow-ups, readings to choose from, and the buttons of a text message. */
export function choices(title, entries, context) {
  if (!entries.length) return null;
  const id = newId("choices");
  return el(
    "div",
    { class: "choices", role: "group", "aria-labelledby": id },
    el("h4", { id }, title),
    el(
      "ul",
      { role: "list" },
      ...entries.map(({ label, question }) =>
        el("li", {}, button(label, () => context.ask(question, { shown: label }), { class: "choice" })),
      ),
    ),
  );
}

/** `turn` is the turn the answer belongs to; what the user has done with the answer is remembered there. */
export function answerView(answer, turn, context) {
  const { texts } = context;
  const { cite, node: sources } = sourcesView(answer.citations, context);
  const clarifying = answer.status === "clarify";
  const followUps = (answer.follow_ups ?? []).map((question) => ({ label: question, question }));
  return el(
    "div",
    { class: `answer ${answer.status}`, lang: answer.language ?? null },
    ...inOrder(answer.notices).map((notice) => noticeView(notice, texts)),
    refinedBadge(answer.refined_answer, context),
    textView(answer.text ?? "", cite),
    clarifying ? choices(texts.optionsTitle, answer.options ?? [], context) : null,
    validityView(answer, context),
    sources,
    contactsView(answer.contacts, context),
    clarifying ? null : choices(texts.followUpsTitle, followUps, context),
    clarifying ? null : answerActions(answer, turn, context),
  );
}

/** A message that is only talk (greeting, thanks, a question back), with buttons where there are any. */
export function messageView(message, context) {
  const entries = (message.buttons ?? []).map(({ title, payload }) => ({ label: title, question: payload }));
  return el(
    "div",
    { class: "answer talk" },
    el("div", { class: "text" }, ...paragraphs(message.text ?? "", () => null)),
    choices(context.texts.optionsTitle, entries, context),
  );
}
