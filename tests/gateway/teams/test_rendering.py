"""What stands on a card is what the answer says: every part, in the order of every channel, and nothing by accident."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.channels.teams import words as words_of_teams
from bot.gateway.channels.teams.markdown import escaped, formatted, unescaped
from bot.gateway.channels.teams.rendering import preview, render
from bot.gateway.presentation.parsing import parse_answer
from bot.gateway.presentation.words import Catalogue
from tests.sims.teams.read_back import AnswerRead, _actions, buttons, cards_of, read_back

from . import answers
from .answers import Json, answer, citation

CATALOGUE = Catalogue()
ORDER = ["notices", "refined", "text", "options", "validity", "citations", "contacts", "follow_ups", "controls"]
TEAMS_TAKES = 28 * 1024
EVERY = {
    name: getattr(answers, name) for name in ("ANSWER", "URGENT", "CLARIFY", "NO_SUPPORT", "ENGLISH", "LONG", "HUGE")
}
each_answer = pytest.mark.parametrize("given", EVERY.values(), ids=EVERY)


def activities(given: Json) -> list[Json]:
    shown = parse_answer(given, CATALOGUE)
    return render(shown, CATALOGUE.words(shown.language))


def read(given: Json) -> AnswerRead:
    return read_back(cards_of(activities(given)))


def words(text: str) -> list[str]:
    return text.split()


@each_answer
def test_nothing_is_lost_and_nothing_added(given: Json) -> None:
    shown, card = parse_answer(given, CATALOGUE), read(given)
    assert card.text == given["text"]
    assert card.notices == [(one.title, one.text) for one in shown.notices]
    assert card.refined == shown.refined
    assert card.validity_line == shown.validity_line
    assert card.doubts == shown.doubts
    assert [(one.n, one.title, one.url) for one in card.citations] == [
        (one.n, one.title, one.url) for one in shown.citations
    ]
    assert [words(one.quote) for one in card.citations] == [words(one.quote) for one in shown.citations]
    assert [one.about for one in card.citations] == [f"{one.publisher} · {one.date}" for one in shown.citations]
    assert [lines[0] for lines in card.contacts] == [one.name for one in shown.contacts]
    assert card.follow_ups == list(shown.follow_ups)
    assert card.options == [(one.label, one.question) for one in shown.options]
    assert card.answer_id == (shown.answer_id if shown.can_be_rated or shown.can_be_handed_over else "")


@each_answer
def test_the_parts_stand_in_the_order_of_every_channel(given: Json) -> None:
    order = read(given).order
    assert order == sorted(order, key=ORDER.index)


def test_danger_comes_first_whatever_order_it_came_in() -> None:
    titles = [title for title, _ in read(answers.URGENT).notices]
    assert titles == ["Fara", "Barn", "Lagen har ändrats", "Personuppgifter"]


def test_who_wrote_personal_data_is_told_that_the_message_is_still_in_teams() -> None:
    assert "Ditt meddelande finns kvar i Teams." in str(activities(answers.URGENT))
    assert "Ditt meddelande finns kvar i Teams." not in str(activities(answers.ANSWER))


def test_both_languages_have_the_same_words() -> None:
    folder = Path(words_of_teams.__file__).parent / "texts"
    swedish, english = (yaml.safe_load((folder / f"{name}.yml").read_text("utf-8")) for name in ("sv", "en"))
    assert swedish.keys() == english.keys()
    assert not [key for key in swedish if swedish[key] == english[key]]


@each_answer
def test_no_card_is_larger_than_teams_takes(given: Json) -> None:
    for activity in activities(given):
        assert len(json.dumps(activity).encode()) < TEAMS_TAKES


@each_answer
def test_a_card_is_whole_for_teams(given: Json) -> None:
    """Version and names that Teams asks for, no id twice, and no toggle without its target on the same card."""
    for card in cards_of(activities(given)):
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
        assert card["fallbackText"]
        ids = [element["id"] for element in _elements(card["body"]) if "id" in element]
        assert len(ids) == len(set(ids))
        for action in _actions(card):
            if action["type"] == "Action.ToggleVisibility":
                assert set(action["targetElements"]) <= set(ids)
            if action["type"] == "Action.Execute":
                assert action["fallback"]["data"] == action["data"]


def _elements(value: Any) -> list[Json]:
    if isinstance(value, list):
        return [found for one in value for found in _elements(one)]
    if not isinstance(value, dict):
        return []
    inner = [found for key, one in value.items() if key != "fallback" for found in _elements(one)]
    return [value, *inner] if "type" in value else inner


def test_a_long_answer_is_folded_below_show_more_at_a_sentence() -> None:
    (card,) = cards_of(activities(answers.LONG))
    (more,) = [element for element in card["body"] if element.get("id") == "more"]
    shown = [
        element["text"] for element in card["body"] if element["type"] == "TextBlock" and "Mening" in element["text"]
    ]
    assert more["isVisible"] is False
    assert sum(map(len, shown)) <= 1200
    assert shown[-1].endswith("].")
    assert "Visa mer" in str(card)
    assert [one.n for one in read(answers.LONG).citations] == list(range(1, 10))


def test_an_answer_too_large_for_a_card_goes_on_in_the_next_with_its_buttons_last() -> None:
    cards = cards_of(activities(answers.HUGE))
    assert len(cards) > 1
    assert "Visa mer" not in str(cards)
    assert [bool(buttons(card)) for card in cards] == [False] * (len(cards) - 1) + [True]
    assert all(card["body"][0]["text"] == "Fortsättning" for card in cards[1:])


def test_a_single_quotation_may_be_as_long_as_a_book() -> None:
    quote = "Så står det i källan, ord för ord. " * 3000
    card = read(answer("Ja [1].", citations=[citation(1, quote=quote)]))
    assert words(card.citations[0].quote) == words(quote)


def test_an_uncertain_source_says_so_before_it_is_opened() -> None:
    (card,) = cards_of(activities(answers.ANSWER))
    assert str(card).count("Osäker uppgift") >= 1
    assert "Ej kontrollerad" in str(card)


def test_the_preview_is_the_whole_answer_on_one_card() -> None:
    shown = parse_answer(answers.HUGE, CATALOGUE)
    card = preview(shown, CATALOGUE.words("sv"))
    assert words(read_back([card]).text) == words(answers.HUGE["text"])


@pytest.mark.parametrize(
    ("plain", "on_the_card"),
    [
        ("anna_berg@kommun.se", "anna_berg@kommun.se"),
        ("_hemligt_ och *stjärna*", r"\_hemligt\_ och \*stjärna\*"),
        ("[klicka](https://evil.example)", r"[klicka]\(https://evil.example)"),
        ("- inte en lista", r"\- inte en lista"),
        ("19. kap", r"19\. kap"),
        ("1 § SoL (2025:400)", "1 § SoL (2025:400)"),
        ("&lt;b&gt; och A & B", r"\&lt;b\&gt; och A & B"),
        ("<https://evil.example>", r"\<https://evil.example>"),
        ("# rubrik", r"\# rubrik"),
        ("~~struket~~", r"\~\~struket\~\~"),
        ("`kod`", r"\`kod\`"),
        ("C:\\mapp", "C:\\\\mapp"),
    ],
)
def test_markdown_is_shown_as_it_was_written(plain: str, on_the_card: str) -> None:
    assert escaped(plain) == on_the_card
    assert unescaped(on_the_card) == plain


def test_bold_and_citations_stay_and_other_brackets_are_text() -> None:
    text = "**Nej, inte [1] nu.** Se [2] och [9]. *Inte* fet."
    assert formatted(text, {1, 2}) == r"**Nej, inte [1] nu.** Se [2] och [9]. \*Inte\* fet."


@given(st.text(max_size=200))
@settings(deadline=None)
def test_every_text_reads_back_as_it_was(plain: str) -> None:
    assert unescaped(escaped(plain)) == plain


@pytest.mark.parametrize("part", ["title", "publisher", "heading", "quote", "date"])
def test_what_a_source_says_becomes_no_link(part: str) -> None:
    evil = "[klicka här](https://evil.example)"
    given = answer("Ja [1].", citations=[citation(1, **{part: evil, "published": None})])
    blocks = [one["text"] for one in _elements(cards_of(activities(given))) if one["type"] == "TextBlock"]
    assert any(r"]\(https://evil" in text for text in blocks)
    assert not any("](https://evil" in text for text in blocks)
