"""An Answer with anything in any of its fields, made by a knowledge of tomorrow: each channel still shows the rest."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.gateway.channels.previews.channel import PREVIEWS
from bot.gateway.presentation.parsing import parse_answer
from bot.gateway.presentation.words import Catalogue

CATALOGUE = Catalogue()
ODD_TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " ",
            "[1]",
            "[1][99] [-1] [x]",
            "**",
            "javascript:alert(1)",
            "http://[",
            "https://kommun.example/a?b=1|2>",
            "<!channel> <@U1> *fet* _x_",
            "\u202eRTL\u202c \ud7ff",
            "a" * 9000,
            "2026-13-45",
            "2026-02-30",
        ]
    ),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ODD_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def _objects(*fields: str) -> st.SearchStrategy[Any]:
    one = st.fixed_dictionaries({}, optional=dict.fromkeys(fields, ODD_TEXT | ANYTHING))
    return st.lists(one, max_size=12) | ANYTHING


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "answer_id": ODD_TEXT | ANYTHING,
        "status": ODD_TEXT | ANYTHING,
        "language": st.sampled_from(["sv", "en", "xx"]) | ANYTHING,
        "text": ODD_TEXT | ANYTHING,
        "as_of": ODD_TEXT | ANYTHING,
        "validity_line": ODD_TEXT | ANYTHING,
        "citations": _objects("n", "title", "publisher", "url", "quote", "heading", "laws", "published", "validity"),
        "notices": _objects("kind", "text"),
        "contacts": _objects("organisation", "role", "phone", "email", "url", "address", "hours", "last_verified"),
        "follow_ups": st.lists(ODD_TEXT | ANYTHING, max_size=5) | ANYTHING,
        "options": _objects("label", "question"),
        "refined_answer": _objects("approved_at") | st.fixed_dictionaries({"approved_at": ANYTHING}),
    },
)


@settings(max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANSWERS)
def test_an_odd_answer_is_shown_in_every_channel(answer: dict[str, Any]) -> None:
    shown = parse_answer(answer, CATALOGUE)
    words = CATALOGUE.words(shown.language)
    for name, preview in PREVIEWS.items():
        payload = preview(shown, words)
        assert payload, name
        assert "javascript:" not in str(_addresses(payload)), name


def _addresses(payload: Any) -> list[str]:
    """Whatever a press or a click opens."""
    if isinstance(payload, dict):
        own = [value for key, value in payload.items() if key == "url" and isinstance(value, str)]
        return own + [address for value in payload.values() for address in _addresses(value)]
    return [address for one in payload for address in _addresses(one)] if isinstance(payload, list) else []
