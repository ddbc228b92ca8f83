"""What `refresh` says of an outcome and of a reason. Every one has its text (tested)."""

from __future__ import annotations

from ..source_checks import Outcome, Reason

OUTCOMES = {
    Outcome.NEW: "läst för första gången",
    Outcome.UNCHANGED: "oförändrad",
    Outcome.CHANGED: "ändrad",
    Outcome.MOVED: "flyttad",
    Outcome.GONE: "borta",
    Outcome.UNREACHABLE: "går inte att nå",
    Outcome.REFUSED: "inte läst",
}

# What happened; then, where there is something to do about it, what.
REASONS = {
    Reason.NOT_FOUND: "sidan finns inte längre. Leta efter dess nya adress, eller dra tillbaka det som vilar på den.",
    Reason.MOVED_OUTSIDE: "har flyttat till en webbplats som inte finns i sources.yml. Kontrollera den, lägg till den.",
    Reason.BAD_ADDRESS: "adressen går inte att använda. Rätta den i sources.yml.",
    Reason.PORT: "bara portarna 80 och 443 används.",
    Reason.HOST_NOT_LISTED: "webbplatsen finns inte i sources.yml.",
    Reason.REDIRECT_OUTSIDE: "skickar vidare till en webbplats som inte finns i sources.yml. Kontrollera den.",
    Reason.PRIVATE_ADDRESS: "namnet pekar in i ett internt nät och hämtas därför inte.",
    Reason.ROBOTS: "webbplatsen vill inte att sidan läses automatiskt (robots.txt). Läs den själv.",
    Reason.FORBIDDEN: "webbplatsen släpper inte in oss. Läs sidan själv.",
    Reason.TOO_LARGE: "är större än 20 MB.",
    Reason.CONTENT_TYPE: "är av ett slag som inte kan läsas.",
    Reason.UNREADABLE: "är packad på ett sätt som inte kan läsas.",
    Reason.NO_SUCH_NAME: "webbplatsens namn finns inte i DNS.",
    Reason.NO_CONNECTION: "ingen anslutning.",
    Reason.CERTIFICATE: "webbplatsens certifikat godkänns inte.",
    Reason.TIMEOUT: "svarade inte i tid.",
    Reason.BUSY: "bad oss vänta.",
    Reason.SERVER_ERROR: "fel på webbplatsen.",
    Reason.BAD_REPLY: "svaret gick inte att förstå.",
    Reason.REDIRECT_LOOP: "skickar runt i en ring.",
    Reason.TOO_MANY_REDIRECTS: "skickar vidare för många gånger.",
    Reason.ROBOTS_UNREACHABLE: "robots.txt går inte att läsa, och då läser vi inget annat där heller.",
}

# The same where a person has named the address to be taken in.
NAMED = REASONS | {
    Reason.NOT_FOUND: "sidan finns inte. Kontrollera adressen.",
    Reason.BAD_ADDRESS: "adressen går inte att använda. Den ska börja med https:// eller http://.",
    Reason.TOO_LARGE: "filen är större än 50 MB. Dela upp den.",
    Reason.CONTENT_TYPE: "är av ett slag som inte kan läsas. Spara sidan som PDF eller webbsida, och ta in filen.",
    Reason.ROBOTS: "webbplatsen vill inte att sidan läses automatiskt (robots.txt). Spara sidan, och ta in filen.",
    Reason.FORBIDDEN: "webbplatsen släpper inte in oss. Spara sidan, och ta in filen.",
}


def what_happened(outcome: Outcome, reason: str, detail: str) -> str:
    """One line on how a check ended."""
    said = OUTCOMES[outcome]
    if reason:
        said = f"{said}: {REASONS[Reason(reason)]}"
        return f"{said} ({detail})" if detail else said
    return f"{said} till {detail}" if detail else said
