// Two live regions: what can wait, and what cannot.

import { el } from "./elements.js";

// A region that is emptied and filled in one go is not read again by some screen readers.
const GAP_MS = 50;

export class Announcer {
  #polite = el("div", { class: "sr", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  #assertive = el("div", { class: "sr", role: "alert", "aria-live": "assertive", "aria-atomic": "true" });

  constructor() {
    this.nodes = [this.#polite, this.#assertive];
  }

  announce(text, { assertive = false } = {}) {
    const region = assertive ? this.#assertive : this.#polite;
    region.textContent = "";
    setTimeout(() => (region.textContent = text), GAP_MS);
  }
}
