// The page for a frame on another site: /embed, or /embed?language=en. Runs before the widget, which reads the language.

const language = new URLSearchParams(location.search).get("language");
if (language === "en" || language === "sv") document.documentElement.lang = language;
