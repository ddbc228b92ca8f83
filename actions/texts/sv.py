"""Texts in Swedish. Klarspråk: the answer first, "du", no apology."""

TEXTS = {
    "greet": (
        "Hej! Jag svarar på frågor om EU- och EES-medborgare som saknar uppehållsrätt, med källor och datum. "
        "Skriv din fråga. Skriv inga namn eller personnummer."
    ),
    "thanks": "Varsågod. Ställ gärna en fråga till.",
    "bye": "Hej då. Är någon i fara: ring 112.",
    "capabilities": (
        "Rådgivaren är en digital tjänst, ingen människa. Den söker i granskade källor och visar dem: uppehållsrätt, "
        "bistånd, barn, vård, boende, tiggeri, hemresa, människohandel, kontakter och mer. Den fattar inga beslut "
        "och ser inga ärenden. Hittar den inget stöd säger den det, och du kan lämna frågan till en rådgivare."
    ),
    "language_changed": "Jag svarar på svenska.",
    "language_unclear": "Jag svarar på svenska eller engelska. Vilket vill du ha?",
    "button_swedish": "Svara på svenska",
    "button_english": "Svara på engelska",
    "unavailable": "Jag når inte kunskapsbasen just nu. Ingenting är förlorat: skicka frågan igen om en liten stund.",
    "refused": "Frågan gick inte att behandla. Skriv om den kortare och försök igen.",
    "feedback_thanks_up": "Tack, det är noterat att svaret hjälpte.",
    "feedback_thanks_down": "Tack. Rådgivarna ser över svaret. Jag har noterat: {reasons}.",
    "feedback_thanks_down_open": "Tack. Rådgivarna ser över svaret. Säg gärna vad som är fel:",
    "feedback_no_answer": "Här finns inget svar som omdömet kan gälla. Ställ din fråga, så kan du bedöma svaret sedan.",
    "feedback_unavailable": "Omdömet gick inte att spara just nu. Skicka det igen om en liten stund.",
    "reason_outdated": "Uppgiften är utgången",
    "reason_mixed_up": "Blandar ihop saker",
    "reason_quote_mismatch": "Citatet stämmer inte",
    "reason_missing_source": "Saknar källa",
    "reason_missing_information": "Saknar viktig uppgift",
    "reason_partly_wrong": "Delvis fel",
    "reason_other": "Annat",
    "ask_contact_way": (
        "Jag lämnar din fråga till en rådgivare. Hur vill du få svar? Skriv ”avbryt” när du vill lämna frågorna."
    ),
    "ask_contact_email": "Vilken e-postadress ska rådgivaren svara till?",
    "ask_contact_phone": "Vilket telefonnummer ska rådgivaren ringa?",
    "ask_handover_municipality": "Vilken kommun arbetar du i?",
    "ask_consent": (
        "Får jag lämna frågan, svaren i samtalet och dina kontaktuppgifter till rådgivarna? "
        "De används bara för att svara dig."
    ),
    "button_email": "E-post",
    "button_phone": "Telefon",
    "button_here": "Här i chatten",
    "button_yes": "Ja",
    "button_no": "Nej",
    "button_place": "{municipality}",
    "button_cancel": "Avbryt",
    "button_continue": "Fortsätt med rådgivaren",
    "invalid_contact_way": "Välj e-post, telefon eller här i chatten.",
    "invalid_contact_email": "Det ser inte ut som en e-postadress. Skriv den så här: fornamn.efternamn@kommun.se.",
    "invalid_contact_phone": "Jag förstår inte telefonnumret. Skriv det med riktnummer, så här: 08-123 456 78.",
    "invalid_municipality": "Jag känner inte igen kommunen. Skriv namnet på en av Sveriges 290 kommuner.",
    "suggest_municipality": "Menar du {municipality}? Skriv namnet en gång till.",
    "invalid_consent": "Svara ja eller nej. Utan ditt ja skickar jag ingenting.",
    "handover_done": "Frågan är lämnad till en rådgivare. Ditt ärende har referensen {reference}.",
    "handover_cancelled": "Jag har avbrutit. Ingenting är skickat. Ställ gärna en ny fråga.",
    "handover_declined": "Utan ditt ja skickar jag ingenting. Det du skrev är borttaget. Ställ gärna en ny fråga.",
    "handover_paused": (
        "Jag svarade på din fråga först, så överlämningen till en rådgivare är pausad och inget är skickat. "
        "Det du fyllt i finns kvar."
    ),
    "handover_unavailable": "Det gick inte att lämna frågan just nu. Inget är skickat, men det du fyllt i finns kvar.",
    "handover_refused": "Det gick inte att lämna frågan. Börja om och kontrollera uppgifterna.",
}
