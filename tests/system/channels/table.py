"""`python -m tests.system.channels.table`: each question of the parity test, and whether every channel says the same.

Starts the four processes in a folder of their own, which is gone afterwards; two minutes or more.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.running_service import RunningService

from .approved import approved_answers, knowledge_of
from .places import PLACES, WEB, Places, SaidThere, places_before
from .questions import read_questions

_COMPARED = (
    "question, language, status, text, notices, review mark, validity line, sources, contacts, follow-ups, options"
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="parity-") as made:
        folder = Path(made)
        service = RunningService(folder / "service", RADGIVAREN_RATE_LIMIT="0", RASA_TOKEN="token-of-the-table").start()
        try:
            service.wait_until_ready()
            with places_before(service, folder / "channels") as places:
                _show(_compared(service, places))
        finally:
            service.stop()


def _compared(service: RunningService, places: Places) -> Iterator[tuple[list[str], dict[str, SaidThere]]]:
    knowledge = knowledge_of(service.data)
    with approved_answers(knowledge):
        for turns in read_questions():
            yield turns, {place: places.asked(place, turns) for place in PLACES}
    knowledge.engine.dispose()


def _show(compared: Iterable[tuple[list[str], dict[str, SaidThere]]]) -> None:
    _line("Compared with the web, once the channel's rendering is undone:", f"{_COMPARED}.\n")
    others = [place for place in PLACES if place != WEB]
    _line("|", " | ".join(["#", "question", "status", "characters", "sources", "notices", *others]), "|")
    _line("|", " | ".join(["--:", "---", "---", "--:", "--:", "---", *("---" for _ in others)]), "|")
    same = dict.fromkeys(others, 0)
    asked = 0
    for asked, (turns, said) in enumerate(compared, start=1):
        differing = {place: sorted(said[WEB].differing(said[place])) for place in others}
        for place in others:
            same[place] += not differing[place]
        cells = [", ".join(differing[place]) or "same" for place in others]
        _line("|", " | ".join([str(asked), " → ".join(turns), *_of_web(said[WEB]), *cells]), "|")
    _line("\nThe same as in the web:", ", ".join(f"{place} {same[place]} of {asked}" for place in others))


def _of_web(said: SaidThere) -> list[str]:
    parts = said.parts
    status = f"{said.status}, {said.language}{', reviewed' if parts.refined else ''}"
    notices = ", ".join(title for title, _ in parts.notices)
    return [status, str(len("\n\n".join(parts.text))), str(len(parts.citations)), notices]


def _line(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
