// j and k move between rows, x marks one, Enter follows its link. Off for good where someone turns it off: single
// letters get in the way of speech input (WCAG 2.1.4). Without this script everything works by Tab and Enter.
"use strict";

const KEPT = "inbox-keys";
const table = document.querySelector("[data-keys]");
const told = document.querySelector(".keys");

if (table && told) {
  const links = [...table.querySelectorAll("tbody th > a:first-child")];
  const button = told.querySelector("button");
  const isOn = () => localStorage.getItem(KEPT) !== "off";

  const show = () => {
    told.hidden = false;
    told.querySelector("span").hidden = !isOn();
    button.textContent = isOn() ? told.dataset.off : told.dataset.on;
  };

  const move = (step) => {
    const row = document.activeElement.closest("tbody tr");
    const at = links.findIndex((link) => row?.contains(link));
    const to = at < 0 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1);
    links[to].focus();
    links[to].scrollIntoView({ block: "nearest" });
  };

  const mark = () => {
    const box = document.activeElement.closest("tbody tr")?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  };

  const actions = { j: () => move(1), k: () => move(-1), x: mark };

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (!isOn() || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = actions[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, isOn() ? "off" : "on");
    show();
  });
  show();
}
