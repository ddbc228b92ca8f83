// Labelled fields whose errors stand under them and are tied to them, so that a screen reader says both.

import { ServiceError } from "./conversation.js";
import { el, newId } from "./elements.js";

/** A line of text (or several, with `rows`). `error(text)` shows a fault, `error("")` takes it away. */
export function textField({ label, hint = "", type = "text", autocomplete = "off", rows = 0, required = false, maxlength = 200 }) {
  const id = newId("field");
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`];
  const shared = { id, autocomplete, maxlength, "aria-required": required ? "true" : null };
  const input = rows ? el("textarea", { rows, ...shared }) : el("input", { type, ...shared });
  const fault = el("p", { class: "error", id: errorId, hidden: true });
  const labelNode = el("label", { for: id }, label);
  const error = (text) => showError(input, fault, text, hint && hintId);
  error("");
  const node = el("div", { class: "field" }, labelNode, hint ? el("p", { class: "hint", id: hintId }, hint) : null, fault, input);
  return { node, input, error, relabel: (text) => labelNode.replaceChildren(text) };
}

/** Checkboxes or radio buttons under one legend; `values()` gives the chosen ones. */
export function choiceField({ legend, type, choices, chosen = [], hint = "" }) {
  const id = newId("choice");
  const fault = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const inputs = choices.map(([value]) => el("input", { type, value, name: id, id: newId("option"), checked: chosen.includes(value) }));
  const node = el(
    "fieldset",
    { class: "field" },
    el("legend", {}, legend),
    hint ? el("p", { class: "hint" }, hint) : null,
    fault,
    ...inputs.map((input, n) => el("div", { class: "option" }, input, el("label", { for: input.id }, choices[n][1]))),
  );
  const values = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const error = (text) => inputs.forEach((input) => showError(input, fault, text, ""));
  return { node, input: inputs[0], inputs, values, error };
}

/** One checkbox that must be ticked. */
export function consentField(label) {
  const id = newId("consent");
  const input = el("input", { type: "checkbox", id, "aria-required": "true" });
  const fault = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const node = el("div", { class: "field" }, fault, el("div", { class: "option" }, input, el("label", { for: id }, label)));
  return { node, input, error: (text) => showError(input, fault, text, "") };
}

function showError(input, fault, text, describedBy) {
  fault.textContent = text;
  fault.hidden = !text;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const described = [describedBy, text && fault.id].filter(Boolean).join(" ");
  if (described) input.setAttribute("aria-describedby", described);
  else input.removeAttribute("aria-describedby");
}

/**
 * Shows each fault at its field and puts focus on the first. `checks` is [[field, fault text or ""], …].
 * Gives true when there was none.
 */
export function validate(checks, { texts, announce }) {
  checks.forEach(([field, fault]) => field.error(fault));
  const faulty = checks.filter(([, fault]) => fault);
  if (!faulty.length) return true;
  announce(texts.formErrors(faulty.length), { assertive: true });
  faulty[0][0].input.focus();
  faulty[0][0].node.scrollIntoView({ block: "nearest" });
  return false;
}

/** The words for feedback or a hand-over that did not reach the server, announced. A fault of our own goes on. */
export function notSaved(error, { texts, announce }) {
  if (!(error instanceof ServiceError)) throw error;
  announce(texts.errors.not_saved, { assertive: true });
  return texts.errors.not_saved;
}

/** Runs `send` once at a time; on failure the form stays as it was, with the fault above its buttons. */
export function submitting(form, failure, send, context) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    failure.hidden = true;
    form.setAttribute("aria-busy", "true");
    try {
      await send();
    } catch (error) {
      failure.textContent = notSaved(error, context);
      failure.hidden = false;
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
}
