// <radgivaren-chat server="https://…" language="sv|en" open mode="page">
//
//   server    address of the gateway; without it, the page's own
//   language  sv or en; without it, the page's (anything but English gives Swedish)
//   open      the panel stands open
//   mode      "page": no launcher, fills the place it is given
//
// Everything happens inside a shadow root, with files from this folder and calls to the gateway, nothing else.

import { Announcer } from "./announcer.js";
import { ComposerView } from "./composer-view.js";
import { Conversation } from "./conversation.js";
import { Dialogue } from "./dialogue.js";
import { button, el, icon, ICONS, newId } from "./elements.js";
import { FeedView } from "./feed-view.js";
import { texts as english } from "./texts.en.js";
import { texts as swedish } from "./texts.sv.js";

const CATALOGUES = { sv: swedish, en: english };
const STYLESHEETS = ["theme.css", "composer.css", "widget.css", "answer.css", "sources.css", "forms.css"];
// The same width as in widget.css: below it the panel covers the whole window.
const FULL_SCREEN = "(max-width: 479.98px)";
const FOCUSABLE = "button, a[href], input, textarea";

/** The stylesheets, and a promise of their having arrived (or not: the words work without them). */
function stylesheets() {
  const links = STYLESHEETS.map((name) => el("link", { rel: "stylesheet", href: new URL(name, import.meta.url).href }));
  const arrived = links.map((one) => new Promise((done) => ["load", "error"].forEach((name) => one.addEventListener(name, done))));
  return [links, Promise.all(arrived)];
}

class RadgivarenChat extends HTMLElement {
  static observedAttributes = ["language", "open"];

  #root = this.attachShadow({ mode: "open" });
  #announcer = new Announcer();
  #context = null;
  #dialogue;
  #feed;
  #composer;
  #parts = {};
  #unseenReply = false;

  connectedCallback() {
    if (this.#context) return;
    this.#context = this.#makeContext();
    this.#feed = new FeedView(this.#context);
    this.#composer = new ComposerView(this.#context, { toLatest: () => this.#feed.focusLatest() });
    this.#dialogue = new Dialogue(this.#context, this.#feed, this.#composer);
    this.#build();
    this.#render();
    this.#showOrHide();
  }

  attributeChangedCallback(name) {
    if (!this.#context) return;
    if (name === "language") this.#render();
    else this.#showOrHide();
  }

  /** Opens the panel and puts focus in it. */
  show() {
    this.toggleAttribute("open", true);
    // On a touch screen, focus in the field would cover half of the panel with a keyboard.
    if (this.#unseenReply) this.#showReply();
    else if (matchMedia("(pointer: coarse)").matches) this.#parts.panel.focus();
    else this.#composer.focus();
  }

  /** Closes the panel and gives focus back to the launcher. */
  hide() {
    this.toggleAttribute("open", false);
    this.#parts.launcher?.focus();
  }

  /** Asks a question as if it had been written. */
  ask(question) {
    return this.#dialogue.ask(question);
  }

  get #language() {
    const wanted = this.getAttribute("language") || document.documentElement.lang;
    return wanted.toLowerCase().startsWith("en") ? "en" : "sv";
  }

  get #isPage() {
    return this.getAttribute("mode") === "page";
  }

  #makeContext() {
    const language = () => this.#language;
    return {
      get language() {
        return language();
      },
      get texts() {
        return CATALOGUES[language()];
      },
      root: this.#root,
      conversation: new Conversation(this.getAttribute("server") ?? ""),
      announce: (text, how) => this.#announcer.announce(text, how),
      ask: (question, how) => this.#dialogue.ask(question, how),
      expectReply: (conversationId) => this.#dialogue.expectReply(conversationId),
      adviserReplied: () => this.#adviserReplied(),
      turnsChanged: (count) => (this.#parts.restart.hidden = count === 0),
    };
  }

  #build() {
    const [links, arrived] = stylesheets();
    this.#parts = this.#makeParts();
    const { launcher, panel } = this.#parts;
    const whole = el("div", { class: "whole", hidden: true }, launcher, panel);
    arrived.then(() => (whole.hidden = false));
    this.#root.append(...links, whole);
    matchMedia(FULL_SCREEN).addEventListener("change", () => this.#showOrHide());
  }

  #makeParts() {
    const panelId = newId("panel");
    const title = el("h2", { class: "title", id: newId("title") });
    const tagline = el("p", { class: "tagline" });
    const language = button("", () => this.#switchLanguage(), { class: "quiet" });
    const restart = button("", () => this.#dialogue.restart(), { class: "quiet", hidden: true });
    const close = this.#isPage ? null : button("", () => this.hide(), { class: "close" });
    const tools = el("div", { class: "header-tools" }, restart, language, close);
    const header = el("header", { class: "header" }, el("div", { class: "names" }, title, tagline), tools);
    const panel = el(
      "section",
      { class: "panel", id: panelId, tabindex: "-1", "aria-labelledby": title.id, role: this.#isPage ? "region" : "dialog" },
      header,
      this.#feed.node,
      this.#composer.node,
      // Inside the panel: what stands outside a modal dialog is not read.
      ...this.#announcer.nodes,
    );
    const launcher = this.#isPage ? null : button("", () => this.show(), { class: "launcher", "aria-controls": panelId });
    panel.addEventListener("keydown", (event) => this.#onKey(event));
    return { panel, launcher, title, tagline, language, restart, close };
  }

  #render() {
    const { texts, language } = this.#context;
    const parts = this.#parts;
    parts.panel.lang = language;
    parts.title.textContent = texts.name;
    parts.tagline.textContent = texts.tagline;
    parts.restart.textContent = texts.newConversation;
    parts.language.textContent = texts.otherLanguage;
    parts.language.lang = texts.otherLanguageCode;
    parts.close?.replaceChildren(icon(ICONS.close));
    parts.close?.setAttribute("aria-label", texts.close);
    this.#renderLauncher();
    this.#feed.render();
    this.#composer.render();
  }

  #renderLauncher() {
    const { texts } = this.#context;
    const [drawing, words] = this.#unseenReply ? [ICONS.checked, texts.adviserReply] : [ICONS.ask, texts.launcher];
    this.#parts.launcher?.replaceChildren(icon(drawing), words);
  }

  /** While the panel is closed, the launcher says that an adviser has answered. */
  #adviserReplied() {
    this.#unseenReply = this.#parts.panel.hidden;
    this.#renderLauncher();
  }

  #showReply() {
    this.#unseenReply = false;
    this.#renderLauncher();
    this.#feed.focusLatest();
  }

  #showOrHide() {
    const open = this.#isPage || this.hasAttribute("open");
    const { panel, launcher } = this.#parts;
    panel.hidden = !open;
    if (!launcher) return;
    launcher.hidden = open;
    launcher.setAttribute("aria-expanded", String(open));
    panel.setAttribute("aria-modal", String(matchMedia(FULL_SCREEN).matches));
  }

  #switchLanguage() {
    this.setAttribute("language", this.#context.texts.otherLanguageCode);
  }

  #onKey(event) {
    if (this.#isPage) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.hide();
    } else if (event.key === "Tab" && matchMedia(FULL_SCREEN).matches) {
      this.#keepFocusInside(event);
    }
  }

  /** Over the whole window, what lies behind cannot be seen: Tab goes round inside the panel. */
  #keepFocusInside(event) {
    const reachable = [...this.#parts.panel.querySelectorAll(FOCUSABLE)].filter((node) => node.checkVisibility());
    const [first, last] = [reachable[0], reachable.at(-1)];
    const focused = this.#root.activeElement;
    if (event.shiftKey ? focused !== first && focused !== this.#parts.panel : focused !== last) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

customElements.define("radgivaren-chat", RadgivarenChat);
