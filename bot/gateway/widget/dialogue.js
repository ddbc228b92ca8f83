// What happens with a question: shown, sent, answered or failed, tried again. One at a time.

import { AdviserReplies } from "./adviser-replies.js";
import { ServiceError } from "./conversation.js";
import { button } from "./elements.js";
import { inOrder } from "./notice-view.js";
import { plain } from "./rich-text.js";
import { Turn } from "./turn-view.js";

/** What a screen reader hears of a reply: danger at once, the rest when it is free. */
function spoken(messages, texts) {
  const notices = messages.flatMap((message) => inOrder(message.notices));
  const say = (notice) => `${texts.notices[notice.kind] ?? ""}: ${notice.text}`;
  return {
    urgent: notices.filter((notice) => notice.kind === "urgent").map(say).join(" "),
    calm: [
      texts.answerReady,
      ...notices.filter((notice) => notice.kind !== "urgent").map(say),
      ...messages.map((message) => plain(message.text ?? "")),
    ].join(" "),
  };
}

export class Dialogue {
  #context;
  #feed;
  #composer;
  #count = 0;
  #pending = null;
  #replies;

  constructor(context, feed, composer) {
    this.#context = context;
    this.#feed = feed;
    this.#composer = composer;
    if (context.conversation.id) feed.say((texts) => [texts.continued]);
    this.#replies = new AdviserReplies(context.conversation, (reply) => this.#adviserReplied(reply));
  }

  /** A question of this conversation has been handed over; the adviser answers here. */
  expectReply(conversationId) {
    this.#replies.expect(conversationId);
  }

  /** Asks `text`; `shown` is what the button said, where one was pressed. False while the last question is under way. */
  ask(text, { shown = text } = {}) {
    if (this.#pending) return false;
    const turn = new Turn(++this.#count, text, shown);
    const node = this.#feed.add(turn, { retry: (failed) => this.#retry(failed), edit: (failed) => this.#edit(failed) });
    this.#changed();
    // A pressed example or follow-up lies above or is gone: the reader goes on where the answer will stand.
    if (!this.#composer.node.contains(this.#context.root.activeElement)) node.focus({ preventScroll: true });
    this.#send(turn);
    return true;
  }

  /** Begins anew; the last conversation can be had back until the next question. */
  restart() {
    const { conversation, announce } = this.#context;
    const [id, count, restoreTurns] = [conversation.id, this.#count, this.#feed.clear()];
    conversation.id = null;
    this.#settle();
    this.#count = 0;
    const undo = () => {
      restoreTurns();
      conversation.id = id;
      this.#count = count;
      this.#feed.say(null);
      this.#changed();
      announce(this.#context.texts.restored);
      this.#feed.focusLatest();
    };
    this.#feed.say((texts) => [texts.cleared, " ", button(texts.undo, undo, { class: "quiet" })]);
    this.#changed();
    announce(this.#context.texts.cleared);
    this.#composer.focus();
  }

  #settle() {
    this.#pending = null;
    this.#feed.busy(false);
  }

  #changed() {
    this.#composer.hasTurns = this.#feed.length > 0;
    this.#context.turnsChanged(this.#feed.length);
  }

  async #send(turn) {
    const { conversation, language } = this.#context;
    this.#pending = turn;
    this.#feed.busy(true);
    try {
      turn.answered(await conversation.send(turn.text, language));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      turn.failed(error);
    } finally {
      if (this.#pending === turn) this.#settle();
    }
    this.#tell(turn);
    if (turn.state === "answered") this.#replies.notice(turn.messages, turn.conversationId);
  }

  #adviserReplied(reply) {
    const { texts, announce, adviserReplied } = this.#context;
    this.#feed.addReply(reply);
    this.#changed();
    announce(`${texts.adviserReply}: ${reply.text}`);
    adviserReplied();
  }

  #tell(turn) {
    const node = this.#feed.refresh(turn);
    if (!node) return;
    const { announce, texts, language } = this.#context;
    if (turn.state === "failed") {
      announce(turn.error.textFrom(texts, language), { assertive: true });
      return;
    }
    const { urgent, calm } = spoken(turn.messages, texts);
    if (urgent) announce(urgent, { assertive: true });
    announce(calm);
  }

  #retry(turn) {
    if (this.#pending) return;
    turn.state = "waiting";
    // The pressed button goes away with the fault; focus stays with the turn.
    this.#feed.refresh(turn)?.focus({ preventScroll: true });
    this.#send(turn);
  }

  #edit(turn) {
    if (this.#pending) return;
    this.#feed.remove(turn);
    this.#composer.value = turn.text;
    this.#changed();
    this.#composer.focus();
  }
}
