"""An adviser's answer by e-mail, over SMTP. The library's errors become MailFailed here."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Protocol

import yaml

from ..errors import MailFailed
from .datatypes import Delivery

_TIMEOUT_S = 20
_LANGUAGES = ("sv", "en")
_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`security`: starttls, tls, or none, which is for a server on the same machine alone."""

    host: str
    port: int
    sender: str
    security: str
    user: str = ""
    password: str = field(default="", repr=False)


class Mailer(Protocol):
    def send(self, delivery: Delivery) -> None:
        """Raises MailFailed."""


class SmtpMailer:
    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._texts = {
            language: yaml.safe_load((_FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
            for language in _LANGUAGES
        }

    def send(self, delivery: Delivery) -> None:
        """Raises MailFailed: `is_final` where another attempt would go the same way."""
        message = self._message(delivery)
        try:
            with self._connection() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise MailFailed(f"recipient refused: {codes}", is_final=all(code >= 500 for code in codes)) from error
        except smtplib.SMTPResponseException as error:
            # 5xx says never; a wrong password is ours to mend, and what waits is sent once it is.
            is_final = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
            raise MailFailed(f"{error.smtp_code} {type(error).__name__}", is_final=is_final) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(type(error).__name__, is_final=False) from error

    def _connection(self) -> smtplib.SMTP:
        at, context = self._settings, ssl.create_default_context()
        server: smtplib.SMTP
        if at.security == "tls":
            server = smtplib.SMTP_SSL(at.host, at.port, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(at.host, at.port, timeout=_TIMEOUT_S)
        try:
            if at.security == "starttls":
                server.starttls(context=context)
            if at.user:
                server.login(at.user, at.password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, delivery: Delivery) -> EmailMessage:
        texts = self._texts[delivery.language if delivery.language in _LANGUAGES else _LANGUAGES[0]]
        message = EmailMessage()
        try:
            message["From"], message["To"] = self._settings.sender, delivery.to
            message["Subject"] = texts["subject"].format(reference=delivery.reference)
        except (ValueError, MessageError, IndexError) as error:  # a line break in the address, or no address at all
            raise MailFailed("the address can't be written to", is_final=True) from error
        message["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2].strip(">"))
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(texts["body"].format(reference=delivery.reference, text=delivery.text))
        return message
