// Whom to call: role, organisation, number, address, hours, and whether anyone has checked it.

import { el, link, newId } from "./elements.js";
import { formatDate } from "./dates.js";

function ways(contact, texts) {
  const phone = contact.phone && el("a", { href: `tel:${contact.phone.replace(/[^\d+]/g, "")}` }, contact.phone);
  const email = contact.email && el("a", { href: `mailto:${contact.email}` }, contact.email);
  const page = contact.url && link(contact.url, texts.webPage, el("span", { class: "sr" }, ` ${texts.newTab}`));
  return [phone, email, page].filter(Boolean);
}

/** Whether a check still counts: one that is overdue does not. */
const isVerified = (contact) => Boolean(contact.last_verified) && contact.verification !== "overdue";

function verified(contact, { texts, language }) {
  if (!contact.last_verified) return texts.notVerified;
  const date = formatDate(contact.last_verified, language);
  return isVerified(contact) ? texts.verified(date) : texts.notVerifiedSince(date);
}

/** A contact on one line, for paper and clipboard. */
export const contactLine = (contact, context) =>
  [contact.role, contact.organisation, contact.phone, contact.email, contact.address, contact.hours, verified(contact, context)]
    .filter(Boolean)
    .join(", ");

function contactView(contact, context) {
  const { role, organisation } = contact;
  const where = [contact.address, contact.hours].filter(Boolean).join(" · ");
  return el(
    "li",
    { class: "contact" },
    el("span", { class: "contact-name" }, role || organisation),
    role && organisation ? el("span", { class: "meta" }, organisation) : null,
    el("span", { class: "contact-ways" }, ...ways(contact, context.texts)),
    where ? el("span", { class: "meta" }, where) : null,
    el("span", { class: isVerified(contact) ? "meta" : "flag" }, verified(contact, context)),
  );
}

export function contactsView(contacts, context) {
  if (!contacts?.length) return null;
  const id = newId("contacts");
  return el(
    "div",
    { class: "contacts", role: "group", "aria-labelledby": id },
    el("h4", { id }, context.texts.contactsTitle),
    el("ul", {}, ...contacts.map((contact) => contactView(contact, context))),
  );
}
