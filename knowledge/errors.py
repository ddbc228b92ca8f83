"""Every error that knowledge raises, and what its caller decides on.

KnowledgeError
├── ConfigurationError      a setting is wrong: names the setting and the value; start-up stops
├── CorpusError             a corpus file cannot be read: names file, place and remedy
├── IndexUnavailable        no index is published, or it does not fit the encoder or the corpus
├── StoreUnavailable        the database cannot be reached or written; retryable
├── QuestionRejected        the question itself cannot be used: empty, too long
└── NotFound                the thing named does not exist
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of all errors of this package. `str()` is for logs; people see texts from the catalogue."""


class ConfigurationError(KnowledgeError):
    def __init__(self, setting: str, value: str, expected: str) -> None:
        super().__init__(f"{setting}={value!r} is not usable: expected {expected}")
        self.setting = setting


class CorpusError(KnowledgeError):
    """`code` names what is wrong where a person is told of it with a remedy (cli/ingest.py)."""

    def __init__(self, where: str, problem: str, code: str = "") -> None:
        super().__init__(f"{where}: {problem}")
        self.where, self.code = where, code


class IndexUnavailable(KnowledgeError):
    """The remedy is always the same: `python -m knowledge index rebuild`."""


class StoreUnavailable(KnowledgeError):
    """The database did not take or give what was asked; the same call may work later."""


class QuestionRejected(KnowledgeError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotFound(KnowledgeError):
    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
