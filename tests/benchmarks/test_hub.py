"""A model in another process behind the encoder's seam, and the table of what it brought."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks import result_files
from benchmarks.hub import __main__ as hub
from benchmarks.hub.encoder import WorkerEncoder

# Speaks as worker.py does: a text's length and whether it is a question, in two dimensions.
_WORKER = """
import base64, json, struct, sys
print(json.dumps({"dimensions": 2}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "stop" in asked["texts"]:
        break
    numbers = [n for text in asked["texts"] for n in (len(text), float(asked["questions"]))]
    packed = base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()
    print(json.dumps({"rows": len(asked["texts"]), "vectors": packed, "seconds": 0.5}), flush=True)
"""


@pytest.fixture
def encoder() -> Iterator[WorkerEncoder]:
    with subprocess.Popen(
        [sys.executable, "-c", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield WorkerEncoder(process, weight=0.6)
        process.terminate()


def test_each_text_has_its_own_vector_in_the_order_asked(encoder: WorkerEncoder) -> None:
    assert encoder.encode_passages(["åäö", "a", "åäö"]).tolist() == [[3, 0], [1, 0], [3, 0]]
    assert encoder.encode_queries(["åäö"]).tolist() == [[3, 1]]
    assert encoder.encode_queries([]).shape == (0, 2)


def test_what_was_encoded_is_not_asked_again(encoder: WorkerEncoder) -> None:
    for _ in range(3):
        encoder.encode_queries(["en fråga"])
    assert encoder.seconds_a_question == [0.5]


def test_a_process_that_ended_is_said(encoder: WorkerEncoder) -> None:
    with pytest.raises(SystemExit, match="ended"):
        encoder.encode_queries(["stop"])


def test_the_sum_of_two_searches_counts_both_alike() -> None:
    small, large = np.array([[0.1, 0.2, 0.3]], np.float32), np.array([[300, 200, 100]], np.float32)
    assert np.allclose(hub._standard(small) + hub._standard(large), 0, atol=1e-5)


def test_the_table_says_what_the_newest_result_says() -> None:
    latest = result_files.latest(hub.NAME)
    assert latest is not None
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert result_files.between(hub.README, hub.NAME) == hub.in_readme(result)
