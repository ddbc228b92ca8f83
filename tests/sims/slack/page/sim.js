// One member's Slack: places at the left, messages with their threads, dialogs.

import { blocksView, entered, mrkdwn } from "./blocks.js";
import { el } from "./mrkdwn.js";

const BOT = "U0RADBOT1";
const HOME = "home";
const byId = (id) => document.getElementById(id);
const shown = { user: "U0MARIA01", place: "", thread: "", drawn: "" };

async function act(kind, more = {}) {
  const body = JSON.stringify({ user: shown.user, kind, ...more });
  const response = await fetch("acts", { method: "POST", headers: { "content-type": "application/json" }, body });
  const reply = await response.json();
  await draw();
  return reply;
}

async function draw() {
  const state = await (await fetch(`state?user=${shown.user}`)).json();
  shown.place ||= state.channels.find((channel) => channel.id.startsWith("D")).id;
  const now = JSON.stringify([state, shown.place, shown.thread, shown.user]);
  if (now === shown.drawn) return;
  shown.drawn = now;
  drawPlaces(state);
  if (shown.place === HOME) drawHome(state);
  else drawChannel(state, state.channels.find((channel) => channel.id === shown.place));
  drawDialog(state);
}

function drawPlaces(state) {
  byId("user").replaceChildren(
    ...Object.entries(state.members).map(([id, name]) => el("option", { value: id, selected: id === shown.user }, name)),
  );
  const places = [...state.channels.map(({ id, name }) => [id, name]), [HOME, "Rådgivaren · Hem"]];
  byId("places").replaceChildren(
    ...places.map(([id, name]) =>
      el("li", {}, el("button", { type: "button", "aria-current": id === shown.place ? "page" : null, onclick: () => go(id) }, name)),
    ),
  );
}

async function go(place) {
  Object.assign(shown, { place, thread: "" });
  if (place === HOME) await act("home");
  else await draw();
}

function drawHome(state) {
  byId("title").textContent = "Rådgivaren · Hem";
  byId("composer").hidden = true;
  const pressed = (element, value) =>
    element.type === "button" ? act("home_press", { action_id: element.action_id }) : act("home_choose", { action_id: element.action_id, value });
  byId("messages").replaceChildren(...(state.home ? blocksView(state.home.blocks, state.members, pressed) : []));
}

function drawChannel(state, channel) {
  byId("title").textContent = channel.name;
  byId("composer").hidden = false;
  byId("answering").textContent = shown.thread ? "Svar i tråden" : "";
  const roots = channel.messages.filter((message) => !message.thread_ts || !channel.messages.some((one) => one.ts === message.thread_ts));
  byId("messages").replaceChildren(
    ...roots.map((root) =>
      el(
        "article",
        { class: root.ts === shown.thread ? "thread open" : "thread" },
        messageView(root, channel, state),
        ...channel.messages.filter((one) => one.thread_ts === root.ts && one !== root).map((one) => el("div", { class: "reply" }, messageView(one, channel, state))),
        el("button", { type: "button", class: "quiet", onclick: () => inThread(root.ts) }, root.ts === shown.thread ? "Lämna tråden" : "Svara i tråden"),
      ),
    ),
  );
  byId("messages").lastElementChild?.scrollIntoView({ block: "end" });
}

function inThread(ts) {
  shown.thread = shown.thread === ts ? "" : ts;
  draw();
}

function messageView(message, channel, state) {
  const byBot = Boolean(message.bot_id);
  const pressed = (element) => act("press", { channel: channel.id, ts: message.ts, action_id: element.action_id });
  return el(
    "div",
    { class: message.is_ephemeral ? "message ephemeral" : "message" },
    el("p", { class: "author" }, byBot ? "Rådgivaren" : state.members[message.user], byBot ? el("span", { class: "app" }, "APP") : null),
    message.is_ephemeral ? el("p", { class: "only-you" }, "Bara du ser det här") : null,
    ...(message.blocks ? blocksView(message.blocks, state.members, pressed) : [mrkdwn(message.text, state.members)]),
    byBot ? null : el("button", { type: "button", class: "quiet", onclick: () => act("shortcut", { channel: channel.id, ts: message.ts }) }, "⋮ Fråga Rådgivaren"),
  );
}

function drawDialog({ view, members }) {
  const dialog = byId("dialog");
  if (!view) {
    if (dialog.open) dialog.close();
    return;
  }
  if (dialog.open && dialog.dataset.view === view.id) return;
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const reply = await act("submit", { entered: entered(form, view.blocks) });
        for (const error of form.querySelectorAll("[data-block]")) error.textContent = reply?.errors?.[error.dataset.block] ?? "";
      },
    },
    el("h2", {}, view.title.text),
    ...blocksView(view.blocks, members, () => {}),
    el(
      "div",
      { class: "actions" },
      el("button", { type: "button", onclick: () => act("close") }, view.close.text),
      el("button", { type: "submit", class: "primary" }, view.submit.text),
    ),
  );
  dialog.dataset.view = view.id;
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

byId("user").addEventListener("change", (event) => {
  Object.assign(shown, { user: event.target.value, place: "", thread: "" });
  draw();
});
byId("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("text").value.trim().replaceAll("@Rådgivaren", `<@${BOT}>`);
  byId("text").value = "";
  if (text) await act("say", { channel: shown.place, text, thread: shown.thread });
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    byId("composer").requestSubmit();
  }
});
draw();
setInterval(draw, 700);
