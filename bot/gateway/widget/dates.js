// Dates as people read them: "22 november 2026". What is not an ISO date ("odaterad (ca 2017)") is shown as it came.

const LOCALES = { sv: "sv-SE", en: "en-GB" };
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/;

export function formatDate(value, language) {
  if (!value) return "";
  const found = ISO_DAY.exec(value);
  if (!found) return value;
  // Noon keeps the day the same in every time zone; a full timestamp is shown in the reader's own.
  const day = found[4] ? new Date(value) : new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]), 12);
  if (Number.isNaN(day.getTime())) return value;
  return day.toLocaleDateString(LOCALES[language], { day: "numeric", month: "long", year: "numeric" });
}

export function formatTime(moment, language, at) {
  const day = moment.toLocaleDateString(LOCALES[language], { day: "numeric", month: "long", year: "numeric" });
  const time = moment.toLocaleTimeString(LOCALES[language], { hour: "2-digit", minute: "2-digit" });
  return `${day} ${at} ${language === "sv" ? time.replace(":", ".") : time}`;
}

export const formatNumber = (number, language) => number.toLocaleString(LOCALES[language]);
