"""What can go wrong in the action server.

ConfigurationError         a setting makes no sense: names it and its value; start-up stops
KnowledgeError
├── KnowledgeUnavailable   no usable reply within the deadline: the user is told to try again
└── KnowledgeRefused       knowledge understood and said no; carries its code and its texts for the user
"""

from __future__ import annotations


class ConfigurationError(Exception):
    def __init__(self, setting: str, value: str, expected: str) -> None:
        super().__init__(f"{setting}={value!r} is not usable: expected {expected}")


class KnowledgeError(Exception):
    """Knowledge did not do what it was asked."""


class KnowledgeUnavailable(KnowledgeError):
    """Down, too slow, a server error, or a reply that is not the JSON of the contract."""


class KnowledgeRefused(KnowledgeError):
    """A 4xx answer."""

    def __init__(self, status: int, code: str, text: str, text_en: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.text = text
        self.text_en = text_en
