// What stands before an answer: danger first, then children, changed law, personal data.

import { el, icon, ICONS } from "./elements.js";

const ORDER = ["urgent", "child", "superseded_law", "privacy"];

export const inOrder = (notices = []) =>
  [...notices].sort((one, other) => (ORDER.indexOf(one.kind) + 9) % 9 - (ORDER.indexOf(other.kind) + 9) % 9);

/** 112 becomes a link that a phone can dial. */
function withEmergencyNumber(text) {
  return text.split(/\b(112)\b/).map((part) => (part === "112" ? el("a", { href: "tel:112" }, part) : part));
}

export function noticeView(notice, texts) {
  const kind = ORDER.includes(notice.kind) ? notice.kind : "privacy";
  return el(
    "div",
    { class: `notice ${kind}` },
    kind === "urgent" ? icon(ICONS.warning) : null,
    el(
      "p",
      {},
      el("strong", { class: "notice-title" }, texts.notices[kind]),
      " ",
      ...(kind === "urgent" ? withEmergencyNumber(notice.text) : [notice.text]),
    ),
  );
}
