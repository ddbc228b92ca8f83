"""Sets of words that replies are read by, Swedish and English together. Nothing here is shown to anyone."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a language is known by: frequent words, and the words of short replies.
SWEDISH = words("""
    och att det som en ett på är av för med till den har de inte om jag kan vi vad hur ska får när han hon där från
    eller var här hej tack nej ja rådgivare bra fel svar svaret dåligt skicka prata avbryt du mig min men utan vill
    barn
""")
ENGLISH = words("""
    the and of to is in that it for you with on as are be this have or by not what how can do does who when where
    which they he she we from an a hello hi thanks thank please yes no good wrong answer talk cancel my me i your
    bye goodbye human adviser
""")
NAMES_OF_ENGLISH = words("engelska english")
NAMES_OF_SWEDISH = words("svenska swedish")

# Beside the answer to a question of the hand-over form.
POLITE = words("""
    tack gärna helst ja jo ok okej hej via på per med jag vill ha svar svara mig min mitt är det i till
    please thanks thank you okay hi by my me is it it's i'd like would prefer want the an a in to answer reply
""")
BESIDE_A_PLACE = words("""
    i på för jag arbetar jobbar är min vår kommun kommunen kommuns stad stads tack det vi
    in at for the of work am my our municipality city is it we please
""")
BESIDE_A_YES = words("du får det gör go ahead may")
CANCEL = words("avbryt avbryta avsluta sluta stopp stoppa ångra cancel stop quit abort exit nevermind")
BESIDE_A_CANCEL = words("""
    jag vill nu det här formuläret allt tack nej i want to the form it this now no please
""")
HESITATION = words("""
    vet inte kanske osäker spelar ingen roll vilket som helst jag är ja nej
    not sure maybe i don't know do any either whatever
""")
CONTACT_WAYS = {
    "email": words("e-post epost e-posta mejl mejla mail maila mailadress mejladress e-mail email"),
    "phone": words("telefon telefonen telefonsamtal samtal ring ringa ringer mobil mobilen sms phone telephone call"),
    "here": words("här chatten chatt chat here"),
}
YES = words("""
    ja japp jodå jo jag samtycker godkänner absolut visst självklart
    yes yep yeah ok okej okay sure agree consent
""")
NO = words("nej nä nix inte nope no don't")

# A reply with a word that begins so leaves the form at once: knowledge decides whether someone is in danger.
DANGER_BEGINNINGS = tuple(
    words("""
    hjälp akut fara farlig hot våld slå slag blöd skad dö kniv vapen pistol brand brinn eld självmord suicid överdos
    rån misshand mord nöd larm ambulans polis sos 112 911
    help danger emergenc attack hit hurt bleed die dying dead kill gun knife weapon fire overdos rape police
    ambulance unconscious breath violen threat
""")
)

# Intents that say nothing of substance (bot/data/nlu): inside the form they are asked about again.
SMALL_TALK_INTENTS = words("greet thanks bye capabilities change_language ask_human feedback_up feedback_down")
