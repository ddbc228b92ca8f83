// "Nej": what was wrong with the answer.

import { button, el } from "./elements.js";
import { choiceField, submitting, textField, validate } from "./form-fields.js";

export function feedbackForm({ context, send, close, done }) {
  const { texts } = context;
  const reasons = choiceField({ legend: texts.feedbackTitle, type: "checkbox", choices: Object.entries(texts.reasons) });
  const comment = textField({ label: texts.comment, rows: 3, hint: texts.privacy, maxlength: 1000 });
  const failure = el("p", { class: "error", hidden: true });
  const form = el(
    "form",
    { novalidate: true, class: "form" },
    reasons.node,
    comment.node,
    failure,
    el(
      "div",
      { class: "form-buttons" },
      el("button", { type: "submit", class: "primary" }, texts.sendFeedback),
      button(texts.cancel, close),
    ),
  );
  submitting(
    form,
    failure,
    async () => {
      const text = comment.input.value.trim();
      const missing = !reasons.values().length && !text ? texts.reasonMissing : "";
      if (!validate([[reasons, missing]], context)) return;
      await send({ rating: "down", reasons: reasons.values(), ...(text && { comment: text }) });
      done(texts.thanksDown);
    },
    context,
  );
  return form;
}
