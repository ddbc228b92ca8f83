// Block Kit to nodes, roughly as Slack draws it.

import { el, mrkdwn, textNode } from "./mrkdwn.js";

/** `act(element, value)` is called when a button is pressed or a menu changed. */
export function blocksView(blocks, members, act) {
  return blocks.map((block) => VIEWS[block.type](block, members, act));
}

const VIEWS = {
  header: (block) => el("h2", {}, block.text.text),
  divider: () => el("hr"),
  context: (block, members) => el("div", { class: "context" }, ...block.elements.map((one) => textNode(one, members))),
  section: (block, members, act) =>
    el("div", { class: "section" }, textNode(block.text, members), block.accessory ? element(block.accessory, act) : null),
  actions: (block, _members, act) => el("div", { class: "actions" }, ...block.elements.map((one) => element(one, act))),
  input: (block) => inputView(block),
};

function element(one, act) {
  if (one.type === "button") {
    return el("button", { type: "button", class: one.style ?? null, onclick: () => act(one, one.value) }, one.text.text);
  }
  const options = one.options.map((option) =>
    el("option", { value: option.value, selected: option.value === one.initial_option?.value }, option.text.text),
  );
  return el("select", { onchange: (event) => act(one, event.target.value) }, ...options);
}

function inputView(block) {
  const { element: one, label, hint, optional } = block;
  const title = optional ? label.text : `${label.text} *`;
  const help = hint ? el("small", {}, hint.text) : null;
  const error = el("p", { class: "error", "data-block": block.block_id });
  if (one.type === "plain_text_input") {
    const field = el(one.multiline ? "textarea" : "input", { name: block.block_id, maxlength: one.max_length, rows: one.multiline ? 4 : null });
    field.value = one.initial_value ?? "";
    return el("label", { class: "input" }, title, field, help, error);
  }
  const type = one.type === "checkboxes" ? "checkbox" : "radio";
  const choices = one.options.map((option) =>
    el("label", { class: "choice" }, el("input", { type, name: block.block_id, value: option.value, checked: option.value === one.initial_option?.value }), option.text.text),
  );
  return el("fieldset", { class: "input" }, el("legend", {}, title), ...choices, help, error);
}

/** What was entered in a dialog, by the name of the input. */
export function entered(form, blocks) {
  const values = {};
  for (const { type, block_id: name, element: one } of blocks) {
    if (type !== "input") continue;
    const fields = [...form.querySelectorAll(`[name="${name}"]`)];
    if (one.type === "plain_text_input") values[name] = fields[0].value;
    else if (one.type === "checkboxes") values[name] = fields.filter((field) => field.checked).map((field) => field.value);
    else values[name] = fields.find((field) => field.checked)?.value ?? null;
  }
  return values;
}

export { mrkdwn };
