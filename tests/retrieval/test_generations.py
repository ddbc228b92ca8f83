"""Generations on disk: whatever happens while one is published, the current one opens and is whole."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.datatypes import Passage
from knowledge.errors import IndexUnavailable
from knowledge.retrieval import generations, publication
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import StaticEncoder
from knowledge.seams import Vectors

_PREAMBLE = """
import os, signal, sys
from itertools import count, cycle
from pathlib import Path
from knowledge.datatypes import Passage, Validity, ValidityStatus
from knowledge.retrieval import generations
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.retrieval.encoders.hashing import HashingEncoder

PIECES = embedded_encoder()

def publish(folder, version):
    validity = Validity(ValidityStatus.CURRENT, "")
    corpus = [Passage(f"a/{n}", "a", "", (), "", f"ord{n} {version}", "", (), (), validity, False, (), (), (), version)
              for n in range(20)]
    generations.publish(folder, corpus, HashingEncoder(), PIECES)

folder = Path(sys.argv[1])
"""
_FOR_EVER = """
publish(folder, "old")
print("ready", flush=True)
for version in cycle(("new", "old")):
    publish(folder, version)
"""
# Publishes in a child that ends itself, as a power cut would, right before its n-th file operation; n grows until a
# child comes through. Prints how many it took.
_AT_EACH_OPERATION = """
OPERATIONS = ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree")
def publish_and_die(folder, at):
    publish(folder, "old")
    before = count(1)
    def die(event, arguments):
        if event == "open" and str(arguments[0]) == str(folder / "CURRENT") and arguments[1] != "r":
            os._exit(3)  # only ever renamed into place: a crash within a write would leave it empty
        if event in OPERATIONS and next(before) == at:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(die)
    publish(folder, "new")
    os._exit(0)

for at in count(1):
    child = os.fork()
    if child == 0:
        publish_and_die(folder / str(at), at)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        print(at, os.WEXITSTATUS(status), flush=True)
        break
"""


def _start(script: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PREAMBLE + script, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


def _corpus(version: str, make_passage: Callable[..., Passage]) -> list[Passage]:
    return [make_passage(f"a/{n}", f"ord{n} {version}", version=version) for n in range(20)]


def _assert_whole(folder: Path, make_passage: Callable[..., Passage], pieces: StaticEncoder) -> str:
    """What answers is the old corpus or the new one, all of it; and the next publication heals what lies about."""
    generation = generations.open_current(folder, pieces)
    expected = {generations.fingerprint(_corpus(v, make_passage), HashingEncoder(), pieces): v for v in ("old", "new")}
    version = expected[generation.manifest.fingerprint]
    assert generation.manifest.passages == 20
    assert generation.vectors.size == len(generation.manifest.rows)
    assert generation.lexical.search(["S" + version], 100)[0], "the lexical index is of another version"
    name = generations.publish(folder, _corpus("new", make_passage), HashingEncoder(), pieces)
    assert sorted(path.name for path in folder.iterdir()) == sorted(["CURRENT", "lock", name])
    return version


def test_killed_at_ten_random_moments(
    tmp_path: Path, make_passage: Callable[..., Passage], pieces: StaticEncoder
) -> None:
    folders = [tmp_path / str(number) for number in range(10)]
    running = [_start(_FOR_EVER, folder) for folder in folders]
    for process, folder in zip(running, folders, strict=True):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0, 0.15))
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
        _assert_whole(folder, make_passage, pieces)


def test_killed_before_each_file_operation(
    tmp_path: Path, make_passage: Callable[..., Passage], pieces: StaticEncoder
) -> None:
    output, _ = _start(_AT_EACH_OPERATION, tmp_path).communicate(timeout=120)
    operations, exit_status = map(int, output.split())
    assert exit_status == 0
    assert operations > 10
    versions = [_assert_whole(tmp_path / str(at), make_passage, pieces) for at in range(1, operations)]
    # The change comes once, at the rename of CURRENT.
    assert versions == sorted(versions, reverse=True)
    assert set(versions) == {"old", "new"}


def test_published_generation_opens_and_the_one_before_is_gone(
    tmp_path: Path, passages: list[Passage], pieces: StaticEncoder
) -> None:
    first = generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    second = generations.publish(tmp_path, passages[:3], HashingEncoder(), pieces)
    assert first != second
    assert publication.current_name(tmp_path) == second
    assert generations.open_current(tmp_path, pieces).manifest.passages == 3
    assert not (tmp_path / first).exists()


def test_a_reader_keeps_its_generation_when_a_newer_one_replaces_it(
    tmp_path: Path, passages: list[Passage], pieces: StaticEncoder
) -> None:
    generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    reader = generations.open_current(tmp_path, pieces)
    before = reader.lexical.search(["Standvard"], 5)
    generations.publish(tmp_path, passages[:1], HashingEncoder(), pieces)
    assert reader.lexical.search(["Standvard"], 5) == before
    assert reader.vectors.size == len(reader.manifest.rows)


def test_what_cannot_be_built_leaves_the_old_one_in_place(
    tmp_path: Path, passages: list[Passage], pieces: StaticEncoder
) -> None:
    class Failing(HashingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError(f"no room for {len(texts)}")

    name = generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    with pytest.raises(MemoryError):
        generations.publish(tmp_path, passages[:2], Failing(), pieces)
    assert generations.open_current(tmp_path, pieces).name == name


def test_fingerprint_changes_with_each_passage_the_order_and_the_encoder(
    passages: list[Passage], pieces: StaticEncoder
) -> None:
    class Other(HashingEncoder):
        name = "other"

    class Smaller(HashingEncoder):
        dimensions = 128

    changed = [replace(passages[0], version="v2"), *passages[1:]]
    renamed = [replace(passages[0], id="skola/annat"), *passages[1:]]
    prints = [
        generations.fingerprint(which, encoder, pieces)
        for which, encoder in (
            (passages, HashingEncoder()),
            (changed, HashingEncoder()),
            (renamed, HashingEncoder()),
            (passages[1:], HashingEncoder()),
            (passages[::-1], HashingEncoder()),
            (passages, Other()),
            (passages, Smaller()),
        )
    ]
    assert len(set(prints)) == len(prints)
    assert generations.fingerprint(list(passages), HashingEncoder(), pieces) == prints[0]


def test_nothing_published_is_unavailable(tmp_path: Path, pieces: StaticEncoder) -> None:
    with pytest.raises(IndexUnavailable, match="no index is published"):
        generations.open_current(tmp_path, pieces)
    assert generations.current_fingerprint(tmp_path, pieces) is None
    assert publication.current_name(tmp_path) is None


@pytest.mark.parametrize(
    "damage", ["rows", "no manifest", "manifest", "vectors", "lexical", "empty CURRENT", "CURRENT"]
)
def test_a_damaged_generation_is_unavailable(
    tmp_path: Path, passages: list[Passage], damage: str, pieces: StaticEncoder
) -> None:
    place = tmp_path / generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    manifest = place / "manifest.json"
    if damage == "rows":
        raw = json.loads(manifest.read_text())
        manifest.write_text(json.dumps(raw | {"rows": raw["rows"][:-1]}))
    elif damage == "no manifest":
        manifest.unlink()
    elif damage == "manifest":
        manifest.write_text('{"fingerprint": ')
    elif damage == "vectors":
        (place / "vectors.faiss").write_bytes(b"")
    elif damage == "lexical":
        (place / "lexical" / "meta.json").unlink()
    else:
        (tmp_path / "CURRENT").write_text("" if damage.startswith("empty") else "nowhere")
    with pytest.raises(IndexUnavailable):
        generations.open_current(tmp_path, pieces)


def test_a_torn_vector_file_is_no_published_index(
    tmp_path: Path, passages: Sequence[Passage], pieces: StaticEncoder
) -> None:
    """So that the next start builds it anew instead of failing again and again."""
    encoder = HashingEncoder()
    name = generations.publish(tmp_path, passages, encoder, pieces)
    assert generations.current_fingerprint(tmp_path, pieces) == generations.fingerprint(passages, encoder, pieces)
    vectors = tmp_path / name / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:100])
    assert generations.current_fingerprint(tmp_path, pieces) is None
