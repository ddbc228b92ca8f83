// An adviser's answer in the feed: who answered, when, on which case, and what.

import { el, newId } from "./elements.js";
import { formatTime } from "./dates.js";
import { paragraphs } from "./rich-text.js";

export class ReplyView {
  #reply;
  #context;
  #heading = el("h3", { id: newId("reply"), class: "reply-title" });
  #about = el("p", { class: "meta" });
  // The adviser writes in one language, whatever the widget is set to; which one is not known.
  #text = el("div", { class: "text" });

  constructor(reply, context) {
    this.#reply = reply;
    this.#context = context;
    this.#text.append(...paragraphs(reply.text ?? "", () => null));
    this.node = el(
      "article",
      { class: "turn reply", tabindex: "-1", "aria-setsize": "-1", "aria-labelledby": this.#heading.id },
      this.#heading,
      this.#about,
      this.#text,
    );
    this.render();
  }

  render() {
    const { texts, language } = this.#context;
    const when = formatTime(new Date(this.#reply.answered_at), language, texts.at);
    this.node.lang = language;
    this.#heading.textContent = texts.adviserReply;
    this.#about.textContent = texts.adviserReplyAbout(this.#reply.reference, when);
  }
}
