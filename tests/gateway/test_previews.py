"""What the console's preview gets: the payload of each channel, without a channel being configured."""

from __future__ import annotations

import pytest

from .conftest import KNOWLEDGE_TOKEN
from .web_client import ANSWER, WebClient, assert_guarded, assert_refused

PATH = "/channels/previews"
BEARER = {"authorization": f"Bearer {KNOWLEDGE_TOKEN}"}


def test_an_answer_in_every_channel(web: WebClient) -> None:
    response = web.http.post(PATH, json={"answer": ANSWER}, headers=BEARER)
    assert response.status_code == 200, response.text
    assert_guarded(response)
    previews = response.json()
    assert previews.keys() == {"slack", "teams"}
    assert previews["slack"]["blocks"]
    assert previews["teams"]["type"] == "AdaptiveCard"
    for preview in previews.values():
        assert "Beslutet ska vara skriftligt" in str(preview)


@pytest.mark.parametrize("authorization", ["", "Bearer another", KNOWLEDGE_TOKEN, "Basic å".encode("latin-1")])
def test_it_is_not_for_everyone(web: WebClient, authorization: str | bytes) -> None:
    response = web.http.post(PATH, json={"answer": ANSWER}, headers={"authorization": authorization})
    assert_refused(response, 401, "unauthorized")


@pytest.mark.parametrize("body", [{}, {"answer": None}, {"answer": "x"}, [], "x"])
def test_a_preview_of_no_answer(web: WebClient, body: object) -> None:
    assert_refused(web.http.post(PATH, json=body, headers=BEARER), 400, "invalid")


@pytest.mark.parametrize("answer", [{}, {"citations": [{"n": "x"}]}, {"contacts": [{}], "notices": [{}]}], ids=str)
def test_a_half_answer_is_shown_as_far_as_it_goes(web: WebClient, answer: object) -> None:
    response = web.http.post(PATH, json={"answer": answer}, headers=BEARER)
    assert response.status_code == 200, response.text
