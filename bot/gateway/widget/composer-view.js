// Where the question is written: Enter sends, Shift+Enter breaks the line, and nothing too long leaves the page.

import { formatNumber } from "./dates.js";
import { button, el, newId } from "./elements.js";

export const LIMIT = 2000;
const COUNT_FROM = 1800;

export class ComposerView {
  #context;
  #field;
  #label;
  #count = el("p", { class: "count", id: newId("count") });
  #fault = el("p", { class: "error", id: newId("fault"), hidden: true });
  #privacy = el("p", { class: "caution", id: newId("privacy") });
  #send = el("button", { type: "submit", class: "primary" });
  #toLatest;

  /** `toLatest` is called when someone on the keyboard wants to go up to the latest answer. */
  constructor(context, { toLatest }) {
    this.#context = context;
    const id = newId("question");
    this.#field = el("textarea", { id, rows: 2, autocomplete: "off", enterkeyhint: "send" });
    this.#label = el("label", { for: id });
    this.#toLatest = button("", toLatest, { class: "to-latest", hidden: true });
    this.#field.addEventListener("keydown", (event) => this.#sendOnEnter(event));
    this.#field.addEventListener("input", () => this.#check());
    this.node = el(
      "form",
      { class: "composer", novalidate: true },
      this.#toLatest,
      el("div", { class: "composer-head" }, this.#label, this.#count),
      this.#fault,
      el("div", { class: "composer-row" }, this.#field, this.#send),
      this.#privacy,
    );
    this.node.addEventListener("submit", (event) => this.#submit(event));
  }

  render() {
    const { texts } = this.#context;
    this.#label.textContent = texts.questionLabel;
    this.#send.textContent = texts.send;
    this.#privacy.textContent = texts.privacy;
    this.#toLatest.textContent = texts.toLatest;
    this.#say("");
    this.#check();
  }

  get isEmpty() {
    return !this.#field.value.trim();
  }

  set value(text) {
    this.#field.value = text;
    this.#check();
  }

  set hasTurns(has) {
    this.#toLatest.hidden = !has;
  }

  focus() {
    this.#field.focus();
  }

  #submit(event) {
    event.preventDefault();
    const { texts, language } = this.#context;
    const text = this.#field.value.trim();
    if (!text) return this.#refuse(texts.emptyQuestion);
    if (text.length > LIMIT) return this.#refuse(texts.tooLong(formatNumber(text.length, language), formatNumber(LIMIT, language)));
    if (!this.#context.ask(text)) return this.#refuse(texts.stillWorking);
    this.value = "";
    this.focus();
  }

  #refuse(text) {
    this.#say(text);
    this.#context.announce(text, { assertive: true });
    this.focus();
  }

  #say(fault) {
    this.#fault.textContent = fault;
    this.#fault.hidden = !fault;
    this.#field.setAttribute("aria-describedby", fault ? `${this.#fault.id} ${this.#privacy.id}` : this.#privacy.id);
    this.#field.setAttribute("aria-invalid", String(Boolean(fault)));
  }

  #check() {
    const { texts, language } = this.#context;
    const used = this.#field.value.trim().length;
    this.#count.textContent = used < COUNT_FROM ? "" : texts.count(formatNumber(used, language), formatNumber(LIMIT, language));
    this.#count.classList.toggle("over", used > LIMIT);
    if (used > 0 && used <= LIMIT) this.#say("");
  }

  #sendOnEnter(event) {
    // isComposing: Enter then chooses a character in an input method, and must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.node.requestSubmit();
  }
}
