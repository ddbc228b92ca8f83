"""An official in a channel's thread, who asks, judges the answer and hands it over, by the buttons that stand there."""

from __future__ import annotations

from typing import Any, Protocol

from tests.sims.slack.block_kit import texts_of
from tests.sims.slack.read_back import plain
from tests.sims.slack.workspace import Message
from tests.sims.teams.bot_connector import Posted, wait_until
from tests.sims.teams.read_back import cards_of, unescaped
from tests.sims.teams.traffic import recorded

from .places import PATIENCE_S, SLACK_CHANNEL, Places


class OfficialThere(Protocol):
    def asks(self, question: str) -> None: ...

    def says_no(self, reasons: list[str], comment: str) -> str:
        """What the official is told then."""
        ...

    def hands_over(self, entered: dict[str, str]) -> str:
        """As says_no; `entered` by the names of the fields. Wants the answer here, and agrees."""
        ...

    def next_message(self) -> list[str]:
        """The texts of what comes next by itself."""
        ...


class SlackOfficial:
    def __init__(self, places: Places) -> None:
        self._places, self._person = places, places.new_member()
        self._seen = 0

    def asks(self, question: str) -> None:
        self._answer, *_ = self._places.in_slack_channel([question], self._person)
        self._seen = len(self._all())

    def says_no(self, reasons: list[str], comment: str) -> str:
        return self._fills_in("rate_down", reasons=reasons, comment=comment)

    def hands_over(self, entered: dict[str, str]) -> str:
        return self._fills_in("hand_over", way="here", consent=["yes"], **entered)

    def next_message(self) -> list[str]:
        wait_until(lambda: len(self._all()) > self._seen, PATIENCE_S)
        message = self._all()[self._seen]
        self._seen += 1
        assert message["thread_ts"] == self._answer["thread_ts"]
        return [plain(text) for text in texts_of(message["blocks"])]

    def _fills_in(self, button: str, **entered: Any) -> str:
        self._person.presses(SLACK_CHANNEL, self._answer, button)
        wait_until(lambda: self._person.dialog is not None, PATIENCE_S)
        assert self._person.submits(**entered).content == b""
        wait_until(lambda: len(self._all()) > self._seen, PATIENCE_S)
        told = self._all()[self._seen]
        self._seen += 1
        return plain(told["text"])

    def _all(self) -> list[Message]:
        """What the bot has said to this person."""
        said = self._places.slack.workspace.messages(SLACK_CHANNEL, seen_by=self._person.member.id)
        first = self._answer["thread_ts"]
        return [message for message in said if message.get("thread_ts") == first or message.get("is_ephemeral")]


class TeamsOfficial:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._conversation = places.new_teams_thread()
        self._seen = 0

    def asks(self, question: str) -> None:
        said = self._places.in_teams("message_channel", self._conversation, [question])
        self._card = said[-1]
        self._seen = len(self._all())

    def says_no(self, reasons: list[str], comment: str) -> str:
        return self._fills_in("form-rate", "rated", {"reasons": ",".join(reasons), "comment": comment})

    def hands_over(self, entered: dict[str, str]) -> str:
        return self._fills_in("form-hand_over", "handed-over", {"contact_way": "here", "consent": "true"} | entered)

    def next_message(self) -> list[str]:
        wait_until(lambda: len(self._all()) > self._seen, PATIENCE_S)
        (card,) = cards_of([self._all()[self._seen].activity])
        self._seen += 1
        return [unescaped(element["text"]) for element in card["body"]]

    def _fills_in(self, form: str, line: str, entered: dict[str, str]) -> str:
        """The form behind a button of the card; what the card says when it is done."""
        shown, changed = self._shown(), self._card.changed
        (buttons,) = (element["actions"] for element in shown["body"] if element.get("id") == "buttons")
        (send,) = next(action["card"]["actions"] for action in buttons if action.get("id") == form)
        pressed = recorded("invoke_rate_down", id=f"f:{form}", replyToId=self._card.id)
        pressed["conversation"] = recorded("message_channel")["conversation"] | {"id": self._conversation}
        pressed["value"]["action"] |= {"verb": send["verb"], "data": send["data"] | entered}
        response = self._places.teams.send(pressed)
        assert response.json()["statusCode"] == 200, response.text
        wait_until(lambda: self._card.changed > changed, PATIENCE_S)
        return next(unescaped(one["text"]) for one in self._shown()["body"] if one.get("id") == line)

    def _shown(self) -> dict[str, Any]:
        (card,) = cards_of([self._card.activity])
        return card

    def _all(self) -> list[Posted]:
        return [one for one in self._places.connector.in_conversation(self._conversation) if one.by_bot]
