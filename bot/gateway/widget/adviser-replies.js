// Advisers' answers: while a question lies with an adviser, the gateway is asked now and then whether there is one.

import { ServiceError } from "./conversation.js";

const OPEN_MS = 30_000;
// A first answer may be followed by another; and a gateway that is away is left in peace.
const SLOW_MS = 300_000;
// How the dialogue, too, confirms a hand-over: with its reference.
const REFERENCE = /\bR-[A-Z0-9]{6}\b/;

export class AdviserReplies {
  #conversation;
  #show;
  #timer = null;
  #after = 0;
  #wait = OPEN_MS;

  /** `show(reply)` is called once for each answer. */
  constructor(conversation, show) {
    this.#conversation = conversation;
    this.#show = show;
    document.addEventListener("visibilitychange", () => document.hidden || this.#lookSoon(0));
    // After a reload the feed is empty: what was answered is shown again.
    if (conversation.handedOver) this.#lookSoon(0);
  }

  /** A question of this conversation now lies with an adviser. */
  expect(conversationId) {
    if (conversationId !== this.#conversation.handedOver) this.#after = 0;
    this.#conversation.handedOver = conversationId;
    this.#wait = OPEN_MS;
    this.#lookSoon(OPEN_MS);
  }

  /** Reads in what the dialogue said whether it has handed a question over. */
  notice(messages, conversationId) {
    if (messages.some((message) => message.type === "text" && REFERENCE.test(message.text ?? ""))) this.expect(conversationId);
  }

  #lookSoon(ms) {
    if (!this.#conversation.handedOver) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  async #look() {
    // A tab that nobody sees asks nothing; it looks when it is seen again.
    if (document.hidden) return;
    try {
      const { replies } = await this.#conversation.replies(this.#after);
      for (const reply of replies ?? []) {
        if (reply.n <= this.#after) continue;
        this.#after = reply.n;
        this.#wait = SLOW_MS;
        this.#show(reply);
      }
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.code === "unknown_conversation") this.#conversation.handedOver = null;
      this.#wait = SLOW_MS;
    }
    this.#lookSoon(this.#wait);
  }
}
