"""Every error that knowledge raises, and what its caller decides on.

KnowledgeError
├── ConfigurationError      a setting is wrong: names the setting and the value; start-up stops
├── CorpusError             a corpus file cannot be read: names file, place and remedy
├── ContactsRejected        rows of a table of contacts cannot stand: names each line and what to do
├── IndexUnavailable        no index is published, or it does not fit the encoder or the corpus
│   └── IndexBusy           another process is publishing; the same call works when that is done
├── StoreUnavailable        the database cannot be reached or written; retryable
├── MailFailed              an e-mail was not sent: says whether another attempt would go the same way
├── FetchFailed             an address on the web was not read: carries why (source_checks.Reason) and when to try again
├── QuestionRejected        the question itself cannot be used: empty, too long
├── NotAdmitted             a request to the console that its gate refuses: carries why
├── SignInFailed            a provider does not vouch for who wants to enter: carries why
├── NotPossible             what is asked does not fit the state of the thing named
│   └── OwnAnswer           whoever wrote an answer does not approve it
├── EditConflict            someone else changed it meanwhile: carries what it is now
├── ContentRejected         a refined answer cannot stand as written: names each field and what is wrong
├── BreaksApproved          approving it would take questions from approved answers: carries which
└── NotFound                the thing named does not exist
"""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class RowProblem:
    """`text` is for the person who wrote the row: Swedish, with the remedy. `column` is the one to mend, if any."""

    line: int
    text: str
    column: str = ""


class ContactsRejected(KnowledgeError):
    """Nothing of the file is taken."""

    def __init__(self, problems: tuple[RowProblem, ...]) -> None:
        super().__init__("; ".join(f"rad {problem.line}: {problem.text}" for problem in problems))
        self.problems = problems


class IndexUnavailable(KnowledgeError):
    """The remedy is always the same: `python -m knowledge index rebuild`."""


class IndexBusy(IndexUnavailable):
    """Nothing is wrong: one publication at a time."""


class StoreUnavailable(KnowledgeError):
    """The database did not take or give what was asked; the same call may work later."""


class QuestionRejected(KnowledgeError):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotPossible(KnowledgeError):
    """`code` names why, and the text that says so to people."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotAdmitted(KnowledgeError):
    """`code`: `sign_in` (nobody is signed in), `permission` (not this person), `csrf` (the form is not ours)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SignInFailed(KnowledgeError):
    """`code`: why; what people are told of it is in the console's texts (`access.provider`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotFound(KnowledgeError):
    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind, self.key = kind, key


class MailFailed(KnowledgeError):
    def __init__(self, detail: str, *, is_final: bool) -> None:
        super().__init__(detail)
        self.is_final = is_final


class FetchFailed(KnowledgeError):
    """`reason` is a source_checks.Reason; `retry_after` is what the server asked us to wait, in seconds."""

    def __init__(self, url: str, reason: str, detail: str = "", retry_after: float = 0.0) -> None:
        super().__init__(f"{url}: {reason} {detail}".rstrip())
        self.url, self.reason, self.detail, self.retry_after = url, reason, detail, retry_after


class OwnAnswer(NotPossible):
    def __init__(self) -> None:
        super().__init__("own_answer")


class EditConflict(KnowledgeError):
    """Nothing is saved. `theirs` is the thing as it is now."""

    def __init__(self, theirs: object) -> None:
        super().__init__("changed by someone else meanwhile")
        self.theirs = theirs


class ContentRejected(KnowledgeError):
    """`reasons`: field -> codes of what is wrong with it; a code has its text in the catalogue."""

    def __init__(self, reasons: dict[str, tuple[str, ...]]) -> None:
        super().__init__("; ".join(f"{field}: {', '.join(codes)}" for field, codes in reasons.items()))
        self.reasons = reasons


class BreaksApproved(KnowledgeError):
    """Needs a written reason. `regression` is a refinement.datatypes.Regression."""

    def __init__(self, regression: object) -> None:
        super().__init__("approved answers would lose questions")
        self.regression = regression
