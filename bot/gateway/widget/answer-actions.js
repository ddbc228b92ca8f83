// What one can do with an answer: say whether it helped, take it along, or ask a person.

import { button, el, newId } from "./elements.js";
import { answerAsText } from "./answer-text.js";
import { feedbackForm } from "./feedback.js";
import { notSaved } from "./form-fields.js";
import { handoverForm } from "./handover.js";
import { printAnswer } from "./print-view.js";

const COPIED_SHOWN_MS = 2500;

/** Puts a form under the buttons and takes it away again; the button that opened it tells which and gets focus back. */
class FormPlace {
  #opener = null;

  constructor() {
    this.node = el("div", { class: "form-place" });
  }

  toggle(opener, makeForm) {
    if (this.#opener === opener) return this.close();
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    const form = makeForm(() => this.close());
    this.node.replaceChildren(form);
    form.querySelector("input, textarea")?.focus();
    form.scrollIntoView({ block: "nearest" });
  }

  close() {
    const opener = this.#opener;
    this.#opener = null;
    this.node.replaceChildren();
    opener?.setAttribute("aria-expanded", "false");
    opener?.focus();
  }

  /** The form has done its work: a line of thanks stands in its place, and is read because focus moves to it. */
  thank(text) {
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener = null;
    const line = el("p", { class: "thanks", tabindex: "-1" }, text);
    this.node.replaceChildren(line);
    line.focus();
  }
}

function ratingView(answer, turn, place, context) {
  const { texts } = context;
  const done = (text) => {
    turn.rated.add(answer.answer_id);
    question.remove();
    place.thank(text);
  };
  const send = (feedback) =>
    context.conversation.sendFeedback({ conversation_id: turn.conversationId, answer_id: answer.answer_id, ...feedback });
  const id = newId("helpful");
  const yes = button(texts.yes, () => rateUp(), { "aria-label": texts.yesLong });
  const no = button(texts.no, () => place.toggle(no, (close) => feedbackForm({ context, send, close, done })), {
    "aria-label": texts.noLong,
    "aria-expanded": "false",
  });
  const rateUp = async () => {
    try {
      await send({ rating: "up", reasons: [] });
      done(texts.thanksUp);
    } catch (error) {
      place.thank(notSaved(error, context));
    }
  };
  const question = el("div", { class: "rating", role: "group", "aria-labelledby": id }, el("span", { id }, texts.helpful), yes, no);
  return question;
}

async function copyText(text, root) {
  // The clipboard API exists only on https and localhost; many a municipality's intranet is neither.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = el("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
  area.value = text;
  const focused = root.activeElement;
  root.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  focused?.focus();
  if (!copied) throw new DOMException("copy", "NotAllowedError");
}

function copyButton(answer, turn, context) {
  const { texts } = context;
  const copy = button(texts.copy, async () => {
    try {
      await copyText(answerAsText(answer, turn, context), context.root);
      copy.textContent = texts.copied;
      context.announce(texts.copied);
      setTimeout(() => (copy.textContent = texts.copy), COPIED_SHOWN_MS);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      context.announce(texts.copyFailed, { assertive: true });
      copy.textContent = texts.copyFailed;
    }
  });
  return copy;
}

function handoverButton(answer, turn, place, context) {
  const { texts } = context;
  const handover = button(
    texts.handover,
    () => place.toggle(handover, (close) => handoverForm({ answer, turn, context, close, done: (text) => place.thank(text) })),
    { "aria-expanded": "false", class: answer.status === "no_support" ? "primary" : null },
  );
  return handover;
}

export function answerActions(answer, turn, context) {
  const place = new FormPlace();
  const rateable = answer.answer_id && answer.status !== "handed_over" && !turn.rated.has(answer.answer_id);
  const handover = answer.status === "handed_over" ? null : handoverButton(answer, turn, place, context);
  const takeAlong = [copyButton(answer, turn, context), button(context.texts.print, () => printAnswer(answer, turn, context))];
  // Where there is no answer, a person is the way on, and comes first.
  const tools = answer.status === "no_support" ? [handover, ...takeAlong] : [...takeAlong, handover];
  const rating = rateable ? ratingView(answer, turn, place, context) : null;
  return el("div", { class: "actions" }, rating, el("div", { class: "tools" }, tools), place.node);
}
