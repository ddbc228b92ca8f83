"""What a person can do with an answer on its card, and how the card looks when it is done."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from ...presentation.choices import REASONS, WAYS
from ...presentation.datatypes import ShownAnswer
from .blocks import Element, block
from .markdown import escaped
from .words import CardWords

RATE, HAND_OVER = "rate", "hand_over"
_QUESTION, _BUTTONS, _RATED, _HANDED_OVER, _PROBLEM = "helpful", "buttons", "rated", "handed-over", "problem"
COMMENT_LIMIT, CONTACT_LIMIT, MUNICIPALITY_LIMIT = 2000, 200, 60


def controls(answer: ShownAnswer, words: CardWords) -> list[Element]:
    """ "Hjälpte svaret?" Ja, Nej with its form, Fråga en rådgivare with its form; empty where nothing can be done."""
    rating = _rating(answer, words) if answer.can_be_rated else []
    handover = [_handover(answer, words)] if answer.can_be_handed_over else []
    actions = [*handover, *rating] if answer.handover_first else [*rating, *handover]
    if not actions:
        return []
    asked = [block(escaped(words("helpful")), id=_QUESTION, weight="Bolder", separator=True)] if rating else []
    return [*asked, {"type": "ActionSet", "id": _BUTTONS, "spacing": "Small", "actions": actions}]


def _rating(answer: ShownAnswer, words: CardWords) -> list[Element]:
    up = _execute(words("yes"), RATE, {"answer_id": answer.answer_id, "rating": "up"}) | {"associatedInputs": "none"}
    choices = [{"title": words(f"reason.{reason}"), "value": reason} for reason in REASONS]
    form = [
        {
            "type": "Input.ChoiceSet",
            "id": "reasons",
            "label": words("feedback_title"),
            "style": "expanded",
            "isMultiSelect": True,
            "choices": choices,
        },
        _text_input("comment", words("comment"), COMMENT_LIMIT, isMultiline=True, placeholder=words("privacy")),
    ]
    send = _execute(words("send"), RATE, {"answer_id": answer.answer_id, "rating": "down"})
    return [up, _show_card(words("no"), RATE, form, send)]


def _handover(answer: ShownAnswer, words: CardWords) -> Element:
    form = [
        block(escaped(words("handover_text"))),
        {
            "type": "Input.ChoiceSet",
            "id": "contact_way",
            "label": words("contact_way"),
            "style": "expanded",
            "value": WAYS[0],
            "choices": [{"title": words(f"way.{way}"), "value": way} for way in WAYS],
        },
        _text_input("contact", words("contact"), CONTACT_LIMIT),
        _text_input(
            "municipality",
            words("municipality"),
            MUNICIPALITY_LIMIT,
            isRequired=True,
            errorMessage=words("municipality_missing"),
        ),
        _text_input("message", words("message"), COMMENT_LIMIT, isMultiline=True, placeholder=words("message_hint")),
        {
            "type": "Input.Toggle",
            "id": "consent",
            "title": words("consent"),
            "value": "false",
            "isRequired": True,
            "errorMessage": words("consent_missing"),
        },
    ]
    send = _execute(words("send_handover"), HAND_OVER, {"answer_id": answer.answer_id}) | {"style": "positive"}
    return _show_card(words("handover"), HAND_OVER, form, send)


def _execute(title: str, verb: str, data: dict[str, str]) -> Element:
    """Clients without Action.Execute send the same as a message (fallback)."""
    values = {"verb": verb, **data}
    fallback = {"type": "Action.Submit", "title": title, "data": values}
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": values, "fallback": fallback}


def _show_card(title: str, key: str, form: list[Element], send: Element) -> Element:
    card = {"type": "AdaptiveCard", "body": form, "actions": [send]}
    return {"type": "Action.ShowCard", "title": title, "id": f"form-{key}", "card": card}


def _text_input(key: str, label: str, limit: int, **more: Any) -> Element:
    return {"type": "Input.Text", "id": key, "label": label, "maxLength": limit} | more


def rated(card: Element, thanks: str, keep_buttons: bool) -> Element:
    """The card with thanks. In a conversation of several, the others may still rate the answer."""
    said = block(escaped(thanks), id=_RATED, color="Good", separator=True)
    return _changed(card, said, None if keep_buttons else RATE)


def handed_over(card: Element, text: str, keep_buttons: bool) -> Element:
    said = block(escaped(text), id=_HANDED_OVER, color="Good", separator=True)
    return _changed(card, said, None if keep_buttons else HAND_OVER)


def with_problem(card: Element, text: str) -> Element:
    """The card with what went wrong; everything on it can be tried again."""
    return _changed(card, block(escaped(text), id=_PROBLEM, color="Attention"), None)


def _changed(card: Element, said: Element, done: str | None) -> Element:
    """A new card: what is `said` stands above the buttons, in place of what was said of the same before."""
    card = deepcopy(card)
    body: list[Element] = [one for one in card["body"] if one.get("id") not in (said["id"], _PROBLEM)]
    place = next((n for n, one in enumerate(body) if one.get("id") in (_QUESTION, _BUTTONS)), len(body))
    body.insert(place, said)
    card["body"] = [kept for one in body if (kept := _without(one, done)) is not None]
    return card


def _without(element: Element, done: str | None) -> Element | None:
    if done == RATE and element.get("id") == _QUESTION:
        return None
    if done is None or element.get("id") != _BUTTONS:
        return element
    actions = [
        one for one in element["actions"] if done not in (one.get("verb"), one.get("id", "").removeprefix("form-"))
    ]
    return element | {"actions": actions} if actions else None
