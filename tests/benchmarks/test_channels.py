"""A few events through the measurement's own processes, and the table of the newest result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import channels, result_files


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_every_event_is_counted_once(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    arguments = ["--events", "6", "--per-second", "20", "--turn-ms", "1", "--json", str(file)]
    assert channels.main(arguments) == 0
    result = json.loads(file.read_text(encoding="utf-8"))
    assert set(result["channels"]) == {"Slack", "Teams"}
    for figures in result["channels"].values():
        assert (figures["acknowledged"], figures["answered"], figures["answered_twice"]) == (6, 6, 0)
        assert 0 < figures["ack_p50_ms"] <= figures["ack_p95_ms"] <= figures["ack_max_ms"]


def test_the_table_says_what_the_newest_result_says() -> None:
    latest = result_files.latest(channels.NAME)
    assert latest is not None
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert result_files.between(channels.README, channels.NAME) == channels.in_readme(result)
    assert all(figures["all_right"] for figures in result["channels"].values())
