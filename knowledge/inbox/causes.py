"""What of an answer, a thumbs down or a hand-over becomes an item, and how important that is at first."""

from __future__ import annotations

from collections.abc import Sequence

from ..datatypes import CLOSEST, Answer, NoticeKind, Question, Status
from .datatypes import Importance, Kind, NewItem, SubjectKind

# Refused because a human being has to decide: nothing is missing that staff could add.
_FOR_A_PERSON = frozenset({"individual_case", "personal_data_request"})
# Reasons of a thumbs down that say that the answer is wrong, not that it could be better.
_WRONG = frozenset({"outdated", "mixed_up", "quote_mismatch"})
_NEAREST = 2  # of the passages that were found and rejected: whose topics an unanswered question is counted to


def of_answer(question: Question, answer: Answer, doubtful_below: float) -> NewItem | None:
    """None where the answer gives staff nothing to do. `doubtful_below` is SupportModel.sure_from."""
    if answer.status is Status.NO_SUPPORT:
        kind = Kind.UNANSWERED
    elif _is_doubtful(answer, doubtful_below):
        kind = Kind.LOW_SUPPORT
    else:
        return None
    return NewItem(
        kind,
        SubjectKind.ANSWER,
        answer.id,
        question.text,
        answer.language,
        question.municipality,
        _topics(answer),
        _importance(answer),
        {"reason": answer.reason, "confidence": answer.confidence},
    )


def of_feedback(reasons: Sequence[str]) -> Importance:
    return Importance.HIGH if _WRONG & set(reasons) else Importance.NORMAL


def _is_doubtful(answer: Answer, doubtful_below: float) -> bool:
    """What the table of contacts or a refined answer says is not judged by support: its confidence is another thing."""
    judged = answer.status is Status.ANSWERED and bool(answer.citations) and answer.refined_answer is None
    return judged and (answer.confidence < doubtful_below or answer.reason == CLOSEST)


def _importance(answer: Answer) -> Importance:
    if answer.reason in _FOR_A_PERSON:
        return Importance.LOW
    grave = {NoticeKind.URGENT, NoticeKind.CHILD} & {notice.kind for notice in answer.notices}
    return Importance.HIGH if grave else Importance.NORMAL


def _topics(answer: Answer) -> tuple[str, ...]:
    cited = [citation.passage for citation in answer.citations]
    nearest = cited or [scored.passage for scored in answer.rejected[:_NEAREST]]
    return tuple(dict.fromkeys(topic for passage in nearest for topic in passage.topics))
