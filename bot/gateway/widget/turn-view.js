// One turn: the question, and what came back: a quiet wait, an answer, or a fault with a way on.

import { answerView, messageView } from "./answer-view.js";
import { button, el, newId } from "./elements.js";

const QUIET_MS = 300;

/** What the user asked and what came of it. Views are drawn from it, as often as the language changes. */
export class Turn {
  constructor(number, text, shown) {
    this.number = number;
    this.text = text;
    this.shown = shown;
    this.askedAt = new Date();
    this.state = "waiting";
    this.messages = [];
    this.error = null;
    this.conversationId = null;
    this.rated = new Set();
  }

  answered(reply) {
    this.state = "answered";
    this.messages = reply.messages;
    this.conversationId = reply.conversation_id;
  }

  failed(error) {
    this.state = "failed";
    this.error = error;
  }
}

export class TurnView {
  #turn;
  #context;
  #actions;
  #heading = el("h3", { id: newId("question"), class: "question" });
  #body = el("div", { class: "turn-body" });
  #timer = null;

  /** `actions` has retry(turn) and edit(turn), for a turn that failed. */
  constructor(turn, context, actions) {
    this.#turn = turn;
    this.#context = context;
    this.#actions = actions;
    this.node = el(
      "article",
      { class: "turn", tabindex: "-1", "aria-setsize": "-1", "aria-labelledby": this.#heading.id },
      this.#heading,
      this.#body,
    );
    this.render();
  }

  get turn() {
    return this.#turn;
  }

  render() {
    clearTimeout(this.#timer);
    const { texts, language } = this.#context;
    this.node.lang = language;
    this.#heading.replaceChildren(el("span", { class: "sr" }, `${texts.turn(this.#turn.number)} `), this.#turn.shown);
    this.#body.replaceChildren(...this.#content(texts));
  }

  #content(texts) {
    if (this.#turn.state === "waiting") return [this.#waiting(texts)];
    if (this.#turn.state === "failed") return [this.#fault(texts)];
    return this.#turn.messages.map((message) =>
      message.type === "answer" ? answerView(message, this.#turn, this.#context) : messageView(message, this.#context),
    );
  }

  #waiting(texts) {
    const line = el("p", { class: "waiting" });
    // Most answers are here before that: a text that only flickers disturbs, and costs a screen reader a sentence.
    this.#timer = setTimeout(() => {
      line.textContent = texts.searching;
      this.#context.announce(texts.searching);
    }, QUIET_MS);
    return line;
  }

  #fault(texts) {
    const text = this.#turn.error.textFrom(texts, this.#context.language);
    return el(
      "div",
      { class: "fault" },
      el("p", {}, text),
      el(
        "div",
        { class: "form-buttons" },
        button(texts.retry, () => this.#actions.retry(this.#turn), { class: "primary" }),
        button(texts.edit, () => this.#actions.edit(this.#turn)),
      ),
    );
  }
}
