// Tells before the session ends, keeps it while somebody writes, and says so when it is over.
const warning = document.querySelector("#session");
const [text, button] = warning.querySelectorAll("p, button");
const { idleMinutes, csrf, told, over } = warning.dataset;
const minute = 60_000;
const warnAfter = (Number(idleMinutes) - 5) * minute;
const keepEvery = 5 * minute;
let said = "";
// All tabs are one session.
const see = () => localStorage.setItem("radgivaren-seen", Date.now());
const away = () => Date.now() - Number(localStorage.getItem("radgivaren-seen"));
see();

async function stay() {
  see();
  const answer = await fetch("/console/stay", { method: "POST", body: new URLSearchParams({ csrf }) }).catch(() => null);
  say(answer?.status === 204 ? "" : answer ? over : said);
}

function say(what) {
  if (what === said) return;
  said = what;
  text.textContent = what;
  button.hidden = what !== told;
  warning.hidden = what === "";
}

// Writing is being there, though nothing is sent.
document.addEventListener("input", () => {
  if (away() > keepEvery) stay();
});
button.addEventListener("click", stay);
setInterval(() => {
  if (away() > Number(idleMinutes) * minute) say(over);
  else say(away() > warnAfter ? told : "");
}, minute / 4);
