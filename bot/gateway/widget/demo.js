// The demo page's own buttons: open the widget, in the language of the button.

const chat = document.querySelector("radgivaren-chat");

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => {
    if (button.dataset.ask) chat.setAttribute("language", button.dataset.ask);
    chat.show();
  });
}
