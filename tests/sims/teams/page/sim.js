// The page of the simulator: it asks its server what stands in the conversations, and draws it.

import markdownit from "/libraries/markdown-it/dist/browser/markdown-it.esm.min.mjs";
import { hostConfig } from "./host-config.js";

const { AdaptiveCards } = window;
const markdown = markdownit({ html: false, linkify: false });
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const byId = (id) => document.getElementById(id);
const shown = { place: location.hash.slice(1) || "personal", drawn: new Map() };
const replies = new Map(); // message id -> what the gateway said to a press

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children);
  return node;
}

async function post(path, values) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ place: shown.place, locale: byId("locale").value, ...values }),
  });
  return response.json();
}

/** What Teams shows below a card while and after a button is pressed. */
function replyText({ status, body }) {
  if (status >= 400) return `Gatewayen svarade ${status}: ${body?.error?.text ?? ""}`;
  return typeof body?.value === "string" ? body.value : (body?.value?.message ?? "");
}

async function pressed(message, action) {
  if (action instanceof AdaptiveCards.OpenUrlAction) {
    window.open(action.url, "_blank", "noopener");
    return;
  }
  const kind = action.getJsonTypeName();
  if (!["Action.Submit", "Action.Execute"].includes(kind)) return; // the renderer has done the rest itself
  const reply = await post("/presses", {
    message_id: message.id,
    action: { type: kind, title: action.title, verb: action.verb, data: action.data },
  });
  replies.set(message.id, replyText(reply));
  const place = document.querySelector(`[data-id="${message.id}"] .reply`);
  if (place) place.textContent = replies.get(message.id);
  await refresh();
}

function drawnCard(message, content) {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.onExecuteAction = (action) => pressed(message, action);
  card.parse(content);
  return el("div", { class: "card" }, card.render());
}

function drawnMessage(message) {
  const { activity } = message;
  const cards = (activity.attachments ?? []).map((one) => drawnCard(message, one.content));
  const text = activity.text ? [el("p", {}, activity.text)] : [];
  const who = message.by_bot ? "Rådgivaren" : "Du / You";
  return el(
    "article",
    { class: message.by_bot ? "bot" : "person", "data-id": message.id },
    el("h3", {}, who),
    ...text,
    ...cards,
    el("p", { class: "reply", role: "status" }, replies.get(message.id) ?? ""),
  );
}

function draw(conversation) {
  const feed = byId("feed");
  byId("title").textContent = conversation.title;
  byId("mention").hidden = !conversation.mention;
  for (const message of conversation.messages) {
    const before = shown.drawn.get(message.id);
    if (before?.changed === message.changed) continue;
    if (message.changed) replies.delete(message.id);
    const node = drawnMessage(message);
    if (before) before.node.replaceWith(node);
    else feed.append(node);
    shown.drawn.set(message.id, { node, changed: message.changed });
    if (!before) node.scrollIntoView({ block: "start" });
  }
}

async function refresh() {
  const conversations = await (await fetch("/conversations")).json();
  byId("places").replaceChildren(
    ...conversations.map((one) => {
      const button = el("button", { "aria-current": String(one.name === shown.place) }, one.title);
      button.addEventListener("click", () => go(one.name));
      return el("li", {}, button);
    }),
  );
  draw(conversations.find((one) => one.name === shown.place));
}

function go(place) {
  shown.place = location.hash = place;
  shown.drawn.clear();
  byId("feed").replaceChildren();
  refresh();
}

byId("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (!text) return;
  byId("text").value = "";
  const reply = await post("/writes", { text });
  if (reply.status >= 400) byId("feed").append(el("p", { class: "refused" }, replyText(reply)));
  await refresh();
});

await refresh();
setInterval(refresh, 700);
