// What a script adds to the form of an answer. Without it everything works; with it less is lost and less is clicked.

const SIMILAR_AFTER_MS = 600;
const KEPT = "radgivaren.answer:";
const NOT_KEPT = new Set(["csrf", "do", "searched", "checked", "words", "preview_language", "preview_place"]);

const form = document.querySelector(".answer-form");
const texts = document.querySelector("#answer-texts").dataset;
const later = (work, after) => {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(work, after, ...given);
  };
};

/** Approved answers near the question that is being written, as the server lists them. */
function showSimilar() {
  const question = form.querySelector("#question_sv");
  const place = document.querySelector("#similar");
  const ask = later(async () => {
    const query = new URLSearchParams({ text: question.value, without: form.dataset.answer });
    const response = await fetch(`/console/answers/similar?${query}`).catch(() => null);
    if (!response?.ok || response.redirected) return; // offline, or signed out: what stands there may stay
    const part = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...part.body.childNodes);
  }, SIMILAR_AFTER_MS);
  question.addEventListener("input", ask);
}

function makeButton(text, work) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "button", textContent: text });
  made.addEventListener("click", work);
  return made;
}

/** A button beside each source that puts its number where the cursor was last. */
function offerMarks() {
  let text = form.querySelector("#text_sv");
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches('textarea[name^="text_"], textarea[name^="addition_text"]')) text = target;
  });
  for (const place of form.querySelectorAll("[data-mark]")) {
    const { mark, label } = place.dataset;
    place.prepend(
      makeButton(label, () => {
        const before = text.value.slice(0, text.selectionStart);
        text.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}[${mark}]`, text.selectionStart, text.selectionEnd, "end");
        text.dispatchEvent(new Event("input", { bubbles: true }));
        text.focus();
      }),
    );
  }
}

const written = () => JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_KEPT.has(name)));
const content = (kept) => JSON.stringify(JSON.parse(kept).filter(([name]) => !["revision", "from_answer", "item"].includes(name)));

/** A session may end while someone writes: the text is kept in this tab until the server has it. */
function keepText() {
  const key = KEPT + location.pathname;
  const asServed = written();
  const unsaved = "unsaved" in form.dataset;
  for (const other of Object.keys(sessionStorage).filter((name) => name.startsWith(KEPT))) {
    if (!unsaved && content(sessionStorage.getItem(other)) === content(asServed)) sessionStorage.removeItem(other);
  }
  const kept = sessionStorage.getItem(key);
  if (kept && !unsaved && kept !== asServed) offerKept(key, kept);
  const keep = () => sessionStorage.setItem(key, written());
  if (unsaved) keep();
  form.addEventListener("input", later(keep, SIMILAR_AFTER_MS));
}

function offerKept(key, kept) {
  const notice = document.createElement("div");
  notice.className = "notice";
  const said = document.createElement("p");
  said.textContent = texts.kept;
  const restore = makeButton(texts.restore, () => {
    const again = document.createElement("form");
    Object.assign(again, { method: "post", action: form.getAttribute("action"), enctype: "multipart/form-data", hidden: true });
    for (const [name, value] of [...JSON.parse(kept), ["csrf", form.elements.csrf.value]]) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      again.append(field);
    }
    document.body.append(again);
    leaving = true;
    again.submit();
  });
  const forget = makeButton(texts.forget, () => {
    sessionStorage.removeItem(key);
    notice.remove();
  });
  const buttons = document.createElement("p");
  buttons.className = "actions";
  buttons.append(restore, forget);
  notice.append(said, buttons);
  form.before(notice);
}

let leaving = false;

/** Whoever leaves with unsaved text is asked first, in the browser's own words. */
function askBeforeLeaving() {
  const asServed = written();
  form.addEventListener("submit", () => {
    leaving = true;
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && ("unsaved" in form.dataset || written() !== asServed)) event.preventDefault();
  });
}

showSimilar();
offerMarks();
keepText();
askBeforeLeaving();
