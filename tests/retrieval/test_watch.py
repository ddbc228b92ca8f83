"""A running service takes over what is published beside it, whole, and goes on where that fails."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from knowledge.datatypes import Passage
from knowledge.errors import IndexBusy, IndexUnavailable
from knowledge.retrieval import library_index, publication
from knowledge.retrieval.encoders.static import StaticEncoder
from knowledge.retrieval.library import Library
from knowledge.retrieval.library_index import PassageKey
from knowledge.retrieval.watch import PublicationWatch

COUNT = 30


def keys_of(edition: int) -> list[PassageKey]:
    return [(f"d/{number:03}", f"v{edition}") for number in range(COUNT)]


def text_of(key: PassageKey) -> str:
    return f"Kanotled {key[0][2:]} är öppen, utgåva {key[1]}."


def publish(folder: Path, pieces: StaticEncoder, edition: int) -> None:
    def texts_of(keys: Iterable[PassageKey]) -> Iterator[str]:
        yield from map(text_of, keys)

    library_index.publish(folder, keys_of(edition), texts_of, pieces)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path, pieces: StaticEncoder, make_passage: Callable[..., Passage]) -> Library:
    def passages_of(keys: Iterable[PassageKey]) -> dict[PassageKey, Passage]:
        return {key: make_passage(key[0], text_of(key), version=key[1]) for key in keys}

    return Library(folder, pieces, passages_of)


def editions(library: Library) -> set[str]:
    return {scored.passage.version for scored in library.search("Är kanotleden öppen?", 10)}


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_each_publication_is_taken_over_once(folder: Path, library: Library, pieces: StaticEncoder) -> None:
    calls: list[str | None] = []

    def take_over() -> None:
        library.reload()
        calls.append(library.generation)

    watch = PublicationWatch({folder: take_over})
    watch.look()
    publish(folder, pieces, 1)
    watch.look()
    watch.look()
    assert editions(library) == {"v1"}
    publish(folder, pieces, 1)  # nothing changed, nothing published
    watch.look()
    publish(folder, pieces, 2)
    watch.look()
    assert editions(library) == {"v2"}
    assert len(calls) == 3 and calls[0] is None and len(set(calls)) == 3
    shutil.rmtree(folder)
    watch.look()
    assert (library.size, editions(library)) == (0, set())


def test_searches_see_one_generation_each_while_others_are_published(
    folder: Path, library: Library, pieces: StaticEncoder
) -> None:
    publish(folder, pieces, 0)
    watch = PublicationWatch({folder: library.reload}, every_s=0.005)
    watch.start()
    wait_for(lambda: library.size == COUNT)
    errors: list[object] = []
    seen: set[str] = set()
    ending = threading.Event()

    def search() -> None:
        try:
            while not ending.is_set():
                found = editions(library)
                if len(found) != 1:
                    errors.append(found)
                seen.update(found)
        except BaseException as error:  # noqa: BLE001 - a thread's error would otherwise go unseen
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for edition in range(1, 6):
        publish(folder, pieces, edition)
        wait_for(lambda edition=edition: f"v{edition}" in seen)  # type: ignore[misc]
    ending.set()
    for thread in threads:
        thread.join()
    watch.stop()
    assert errors == []
    publish(folder, pieces, 6)
    time.sleep(0.05)
    assert editions(library) == {"v5"}  # nobody looks any more


def test_what_cannot_be_opened_is_said_once_and_the_old_one_serves_on(
    folder: Path, library: Library, pieces: StaticEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    publish(folder, pieces, 1)
    watch = PublicationWatch({folder: library.reload})
    watch.look()
    (folder / "broken").mkdir()
    publication.write_durably(folder / "CURRENT", "broken")
    with caplog.at_level(logging.WARNING):
        watch.look()
        watch.look()
    assert len(caplog.records) == 1
    assert editions(library) == {"v1"}
    publish(folder, pieces, 2)
    watch.look()
    assert editions(library) == {"v2"}


def test_a_fault_of_ours_does_not_end_the_watch(tmp_path: Path) -> None:
    looks: list[int] = []

    def take_over() -> None:
        looks.append(len(looks))
        raise RuntimeError("ours")

    watch = PublicationWatch({tmp_path: take_over}, every_s=0.001)
    watch.start()
    wait_for(lambda: len(looks) > 2)
    watch.stop()


def test_a_generation_that_is_removed_while_it_is_opened_gives_way_to_the_newer_one(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("old")
    opened: list[str] = []

    def open_it(place: Path) -> str:
        opened.append(place.name)
        if place.name == "old":
            publication.write_durably(tmp_path / "CURRENT", "new")
            raise IndexUnavailable("its files are gone")
        return place.name

    assert publication.open_published(tmp_path, open_it) == "new"
    assert opened == ["old", "new"]


def test_one_that_cannot_be_opened_is_not_tried_for_ever(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("old")

    def open_it(place: Path) -> str:
        raise IndexUnavailable("torn")

    with pytest.raises(IndexUnavailable, match="torn"):
        publication.open_published(tmp_path, open_it)


def test_the_second_waits_for_the_first_or_is_told(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with publication.alone(tmp_path, lambda: order.append("waits")):
            order.append("second")

    with publication.alone(tmp_path):
        with pytest.raises(IndexBusy), publication.alone(tmp_path):
            raise AssertionError("two at once")
        thread = threading.Thread(target=second)
        thread.start()
        wait_for(lambda: order == ["waits"])
        order.append("first is done")
    thread.join()
    assert order == ["waits", "first is done", "second"]
