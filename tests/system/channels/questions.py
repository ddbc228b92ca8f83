"""What is asked in every channel (questions.txt)."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).parent / "questions.txt"
_NEXT_TURN = " -> "


def read_questions() -> list[list[str]]:
    """Conversations: the turns of each, of which the last is compared."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return [line.split(_NEXT_TURN) for line in lines if line and not line.startswith("#")]
