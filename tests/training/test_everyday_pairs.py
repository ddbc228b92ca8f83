"""Everyday questions of statutes become pairs with the section that answers them."""

from itertools import pairwise
from pathlib import Path

from training.datatypes import Places, Settings
from training.files import read_pairs
from training.steps.pair_everyday import pair_everyday

STATUTE = """---
beteckning: 1977:67
rubrik: Lag om tilläggsavgift i kollektiv persontrafik
---

# Lag (1977:67) om tilläggsavgift i kollektiv persontrafik

## 1 §

Den som driver kollektiv persontrafik får ta ut tilläggsavgift av den som inte har biljett.

## 99 §

Om detta har ingen frågat något.
"""


def places_with(folder: Path, held_out: str = "") -> Places:
    file = folder / "data" / "sfs" / "1977" / "sfs-1977-67.md"
    file.parent.mkdir(parents=True)
    file.write_text(STATUTE, "utf-8")
    (folder / "held-out.json").write_text(f'["{held_out}"]', "utf-8")
    (folder / "work").mkdir()
    nothing = folder / "nothing"
    return Places(folder / "data", nothing, nothing, folder / "work", nothing, (folder / "held-out.json",))


def test_each_question_is_paired_with_its_section_and_with_the_next_one(tmp_path: Path) -> None:
    places = places_with(tmp_path)
    counts = pair_everyday(places, Settings())
    pairs = list(read_pairs(places.pairs("everyday")))
    with_text = [pair for pair in pairs if pair.kind == "everyday"]
    assert counts["everyday"] == len(with_text) >= 3
    assert all("får ta ut tilläggsavgift av den som inte har biljett" in pair.positive for pair in with_text)
    alike = [pair for pair in pairs if pair.kind == "everyday_alike"]
    assert [(pair.anchor, pair.positive) for pair in alike] == [
        (one.anchor, another.anchor) for one, another in pairwise(with_text)
    ]
    assert {pair.key for pair in pairs} == {"sfs-1977-67 1 §"}  # none is another's wrong answer


def test_what_a_held_out_test_holds_is_left_out(tmp_path: Path) -> None:
    places = places_with(tmp_path, "kollektiv persontrafik får ta ut tilläggsavgift av den som inte har biljett")
    counts = pair_everyday(places, Settings())
    assert counts["held out"] >= 3
    assert "everyday" not in counts


def test_without_statutes_among_the_data_there_are_no_pairs(tmp_path: Path) -> None:
    places = places_with(tmp_path)
    (places.data / "sfs" / "1977" / "sfs-1977-67.md").unlink()
    assert pair_everyday(places, Settings()) == {"held out": 0}
    assert list(read_pairs(places.pairs("everyday"))) == []
