// "Fråga en rådgivare": hands the question over to a person.

import { button, el, newId } from "./elements.js";
import { choiceField, consentField, submitting, textField, validate } from "./form-fields.js";

const INPUT_TYPES = { email: "email", phone: "tel", here: "text" };
const AUTOCOMPLETE = { email: "email", phone: "tel", here: "organization-title" };
const VALID = { email: /^\S+@\S+\.\S+$/, phone: /^(?:[^\d]*\d){7,15}[^\d]*$/, here: /\S/ };

/** The address field asks for what the chosen way needs. */
function contactFields(texts) {
  const way = choiceField({ legend: texts.contactWay, type: "radio", choices: Object.entries(texts.ways), chosen: ["email"] });
  const contact = textField({ label: texts.contact.email, type: "email", autocomplete: "email", required: true });
  const chosen = () => way.values()[0];
  way.node.addEventListener("change", () => {
    contact.relabel(texts.contact[chosen()]);
    contact.input.type = INPUT_TYPES[chosen()];
    contact.input.autocomplete = AUTOCOMPLETE[chosen()];
    contact.error("");
  });
  const fault = () => (VALID[chosen()].test(contact.input.value) ? "" : texts.contactMissing[chosen()]);
  return { way, contact, chosen, fault };
}

function formNode(texts, fields, failure, close) {
  return el(
    "form",
    { novalidate: true },
    ...fields.map((field) => field.node),
    failure,
    el(
      "div",
      { class: "form-buttons" },
      el("button", { type: "submit", class: "primary" }, texts.sendHandover),
      button(texts.cancel, close),
    ),
  );
}

export function handoverForm({ answer, turn, context, close, done }) {
  const { texts } = context;
  const { way, contact, chosen, fault } = contactFields(texts);
  const municipality = textField({ label: texts.municipality, required: true, maxlength: 60 });
  const message = textField({ label: texts.message, hint: texts.messageHint, rows: 3, maxlength: 2000 });
  const consent = consentField(texts.consent);
  const failure = el("p", { class: "error", hidden: true });
  const form = formNode(texts, [way, contact, municipality, message, consent], failure, close);
  const checks = () => [
    [contact, fault()],
    [municipality, municipality.input.value.trim() ? "" : texts.municipalityMissing],
    [consent, consent.input.checked ? "" : texts.consentMissing],
  ];
  const send = async () => {
    if (!validate(checks(), context)) return;
    const reply = await context.conversation.requestHandover({
      conversation_id: turn.conversationId,
      ...(answer.answer_id && { answer_id: answer.answer_id }),
      contact_way: chosen(),
      contact: contact.input.value.trim(),
      municipality: municipality.input.value.trim(),
      consent: true,
      ...(message.input.value.trim() && { message: message.input.value.trim() }),
    });
    if (chosen() !== "here") return done(texts.handedOver(reply.reference));
    context.expectReply(turn.conversationId);
    done(texts.handedOverHere(reply.reference));
  };
  submitting(form, failure, send, context);
  // A named group and not a named form: one form an answer would be one landmark an answer, all with the same name.
  const title = newId("handover");
  return el(
    "div",
    { class: "form", role: "group", "aria-labelledby": title },
    el("p", { class: "form-title", id: title }, texts.handoverTitle),
    el("p", { class: "hint" }, texts.handoverText),
    form,
  );
}
