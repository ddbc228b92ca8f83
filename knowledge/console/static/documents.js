// Asks for the page of a job until it has ended, and shows how far it is. Without this script a link does the same.
"use strict";

const EVERY_MS = 2000;
const AT_MOST = 300; // ten minutes: a page that is left open does not keep a session alive for ever
const address = document.currentScript.dataset.job;

const ask = async (times) => {
  const shown = document.getElementById("job");
  if (!shown || !["waiting", "running"].includes(shown.dataset.state) || times > AT_MOST) return;
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const newer = page.getElementById("job");
    if (newer) show(shown, newer);
  } catch {
    // The network is away: the next round may reach it.
  }
  setTimeout(() => ask(times + 1), EVERY_MS);
};

// Only what has changed is written: a screen reader says each change once.
const show = (shown, newer) => {
  const text = newer.querySelector("p").textContent;
  if (shown.querySelector("p").textContent !== text) shown.querySelector("p").textContent = text;
  const bar = shown.querySelector("progress");
  const newBar = newer.querySelector("progress");
  if (!newBar) bar?.remove();
  else if (bar && newBar.hasAttribute("value")) bar.value = newBar.value;
  shown.dataset.state = newer.dataset.state;
};

setTimeout(() => ask(0), EVERY_MS);
