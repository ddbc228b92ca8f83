"""An adviser's answer by e-mail, to a real SMTP server on loopback."""

from __future__ import annotations

import email
import socket
from collections.abc import Callable, Iterator
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.handover.datatypes import DeliveryState, Way

TO, TEXT = "rut@kommun.example", "Ja, åtta dagar räcker.\n.\nEn rad med en punkt. Å, ä och ö."


class Inbox:
    """What the server took; `refuses` is what it says to the next messages instead."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.refuses: list[str] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: object, _session: object, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.refuses:
            return self.refuses.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 Message accepted for delivery"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[Controller]:
    def admit(_server: object, _session: object, _envelope: object, _way: str, data: object) -> AuthResult:
        # Not "handled": the server itself says 535.
        return AuthResult(success=data == LoginPassword(b"radgivaren", b"ett bra ord"), handled=False)

    controller = Controller(inbox, "127.0.0.1", free_port(), authenticator=admit, auth_require_tls=False)
    controller.start()
    yield controller
    if controller.loop.is_running():  # one test ends it itself
        controller.stop()


@pytest.fixture
def knowledge(
    build_knowledge: Callable[..., Knowledge], tmp_path: Path, server: Controller, request: pytest.FixtureRequest
) -> Iterator[Knowledge]:
    built = build_knowledge(
        tmp_path,
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=str(server.port),
        SMTP_SENDER="Rådgivaren <radgivaren@kommun.example>",
        SMTP_SECURITY="none",
        SMTP_USER="radgivaren",
        SMTP_PASSWORD=getattr(request, "param", "ett bra ord"),
    )
    yield built
    built.engine.dispose()


def answered(knowledge: Knowledge, contact: str = TO) -> str:
    """A hand-over with an adviser's answer that waits to be sent."""
    wish = {"contact_way": "email", "contact": contact, "municipality": "Lund", "consent": True}
    made = TestClient(create_app(knowledge)).post("/api/handovers", json=wish).json()
    key = str(made["handover_id"])
    knowledge.handovers.reply(key, 0, TEXT, "edit", "Edit Redaktör")
    return key


def test_the_answer_arrives_once_with_its_reference_and_is_counted_as_delivered(
    knowledge: Knowledge, inbox: Inbox
) -> None:
    key = answered(knowledge)
    assert knowledge.outbox.send_waiting() == 1
    assert knowledge.outbox.send_waiting() == 0
    (message,) = inbox.taken
    handover = knowledge.handovers.get(key)
    assert message["To"] == TO and "radgivaren@kommun.example" in message["From"]
    assert handover.reference in message["Subject"]
    assert TEXT in message.get_content().replace("\r\n", "\n") and "Edit" not in message.get_content()
    assert handover.replies[0].state is DeliveryState.DELIVERED and handover.way is Way.EMAIL


@pytest.mark.parametrize(
    ("said", "state"),
    [("550 No such user here", DeliveryState.FAILED), ("450 Try again later", DeliveryState.WAITING)],
)
def test_what_the_server_refuses_for_good_has_failed_and_the_rest_waits(
    said: str, state: DeliveryState, knowledge: Knowledge, inbox: Inbox
) -> None:
    key = answered(knowledge)
    inbox.refuses = [said]
    assert knowledge.outbox.send_waiting() == 0
    assert inbox.taken == []
    assert knowledge.handovers.get(key).replies[0].state is state


def test_a_server_that_is_away_loses_nothing(knowledge: Knowledge, server: Controller) -> None:
    key = answered(knowledge)
    server.stop()
    assert knowledge.outbox.send_waiting() == 0
    assert knowledge.handovers.get(key).replies[0].state is DeliveryState.WAITING


@pytest.mark.parametrize("knowledge", ["ett fel ord"], indirect=True)
def test_a_wrong_password_is_for_the_administrator_to_mend_and_the_answer_waits(knowledge: Knowledge) -> None:
    key = answered(knowledge)
    assert knowledge.outbox.send_waiting() == 0
    reply = knowledge.handovers.get(key).replies[0]
    assert reply.state is DeliveryState.WAITING and reply.detail


def test_an_address_that_would_add_a_header_is_not_written_to(knowledge: Knowledge, inbox: Inbox) -> None:
    key = answered(knowledge, "rut@kommun.example\r\nBcc: alla@kommun.example")
    assert knowledge.outbox.send_waiting() == 0
    assert inbox.taken == []
    assert knowledge.handovers.get(key).replies[0].state is DeliveryState.FAILED
