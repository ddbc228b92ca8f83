"""The App Home: what the service is, how to ask, examples, and the choice of language."""

from __future__ import annotations

from .blocks import Block, actions, button, context, plain, section
from .rendering import ASK
from .texts import SlackTexts

LANGUAGE = "language"
AUTO = "auto"
_CHOICES = (AUTO, "sv", "en")
_EXAMPLES = ("home_example_1", "home_example_2", "home_example_3")


def home(language: str, chosen: str | None, bot: str, texts: SlackTexts) -> Block:
    """The view. `language` is what it is written in, `chosen` what answers are to be in; `bot` is the bot's user id."""

    def say(key: str, **values: str) -> str:
        return texts.get(key, language, **values)

    mention = f"<@{bot}>" if bot else "@Rådgivaren"
    options = {choice: {"text": plain(say(f"language_{choice}")), "value": choice} for choice in _CHOICES}
    choice: Block = {
        "type": "static_select",
        "action_id": LANGUAGE,
        "options": list(options.values()),
        "initial_option": options[chosen or AUTO],
    }
    examples = [button(say(key), f"{ASK}-{key}", say(key)) for key in _EXAMPLES]
    return {
        "type": "home",
        "private_metadata": bot,
        "blocks": [
            {"type": "header", "text": plain(say("home_title"))},
            section(say("home_about"), "about"),
            section(say("home_privacy"), "privacy"),
            {"type": "divider"},
            section(f"*{say('home_examples_title')}*", "examples-title"),
            actions("examples", examples),
            context(say("home_examples_note"), "examples-note"),
            {"type": "divider"},
            section(f"*{say('home_ways_title')}*\n{say('home_ways', bot=mention)}", "ways"),
            {"type": "divider"},
            section(f"*{say('home_language_title')}*\n{say('home_language')}", LANGUAGE, choice),
            context(say("home_language_note"), "language-note"),
        ],
    }
