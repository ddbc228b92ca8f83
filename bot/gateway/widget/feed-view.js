// The turns of a conversation, oldest first, and what stands there before the first.

import { button, el, newId } from "./elements.js";
import { ReplyView } from "./reply-view.js";
import { TurnView } from "./turn-view.js";

// Pixels above a turn that has been brought to the top.
const AIR = 16;
// Who stands nearer to the end than this is waiting for what comes.
const NEAR_END = 120;

export class FeedView {
  #context;
  #views = [];
  #note = null;
  #empty = el("div", { class: "empty" });
  #feed = el("div", { class: "feed", role: "feed", hidden: true });

  constructor(context) {
    this.#context = context;
    this.#feed.addEventListener("keydown", (event) => this.#pageThrough(event));
    this.node = el("div", { class: "scroller" }, this.#empty, this.#feed);
  }

  get length() {
    return this.#views.length;
  }

  render() {
    this.#feed.setAttribute("aria-label", this.#context.texts.feed);
    this.#renderEmpty();
    this.#views.forEach((view) => view.render());
  }

  /** A line in the empty state, e.g. that the last conversation can be had back. `note` gives its nodes in today's language. */
  say(note) {
    this.#note = note;
    this.#renderEmpty();
  }

  add(turn, actions) {
    const view = this.#append(new TurnView(turn, this.#context, actions));
    this.scrollTo(view.node);
    return view.node;
  }

  /** An adviser's answer, at the end. Who reads further up is not moved away from there. */
  addReply(reply) {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    const view = this.#append(new ReplyView(reply, this.#context));
    if (atEnd) this.scrollTo(view.node);
    return view.node;
  }

  refresh(turn) {
    const view = this.#views.find((one) => one.turn === turn);
    if (!view) return null;
    view.render();
    this.scrollTo(view.node);
    return view.node;
  }

  remove(turn) {
    this.#views.find((one) => one.turn === turn)?.node.remove();
    this.#views = this.#views.filter((one) => one.turn !== turn);
    this.#show();
  }

  /** Takes every turn away and gives a function that puts them back. */
  clear() {
    const views = this.#views;
    this.#views = [];
    this.#feed.replaceChildren();
    this.#show();
    return () => {
      this.#views = views;
      this.#feed.replaceChildren(...views.map((view) => view.node));
      this.#show();
      this.render();
    };
  }

  busy(busy) {
    this.#feed.setAttribute("aria-busy", String(busy));
  }

  focusLatest() {
    this.#views.at(-1)?.node.focus();
  }

  /** Brings a turn's question to the top of what scrolls: the feed, or the whole panel where the window is low. */
  scrollTo(node) {
    const scroller = this.node.scrollHeight > this.node.clientHeight + 1 ? this.node : this.node.parentElement;
    if (!scroller) return;
    scroller.scrollTop += node.getBoundingClientRect().top - scroller.getBoundingClientRect().top - AIR;
  }

  #append(view) {
    this.#views.push(view);
    view.node.setAttribute("aria-posinset", String(this.#views.length));
    this.#feed.append(view.node);
    this.#show();
    return view;
  }

  #show() {
    this.#empty.hidden = this.length > 0;
    this.#feed.hidden = this.length === 0;
  }

  #renderEmpty() {
    const { texts, ask } = this.#context;
    const id = newId("examples");
    this.#empty.replaceChildren(
      ...(this.#note ? [el("p", { class: "note" }, ...this.#note(texts))] : []),
      el("h3", {}, texts.emptyTitle),
      el("p", {}, texts.emptyText),
      el("h4", { id }, texts.examplesTitle),
      el(
        "ul",
        { role: "list", "aria-labelledby": id },
        ...texts.examples.map((example) => el("li", {}, button(example, () => ask(example), { class: "choice" }))),
      ),
    );
  }

  /** Page Up and Page Down go from turn to turn, as a feed should (WAI-ARIA feed pattern). */
  #pageThrough(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step || event.target.matches("input, textarea")) return;
    const here = this.#views.findIndex((view) => view.node.contains(event.target));
    const next = this.#views[here + step];
    if (!next) return;
    event.preventDefault();
    next.node.focus();
    this.scrollTo(next.node);
  }
}
