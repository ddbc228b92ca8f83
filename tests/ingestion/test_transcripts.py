"""Transcripts of recorded talks: passages that begin where a sentence does, with their time."""

from __future__ import annotations

from pathlib import Path

from .made_files import ROLLING, SRT, VTT
from .reading import read, refused, shown


def test_each_passage_opens_its_moment(tmp_path: Path) -> None:
    document = read(tmp_path / "a.vtt", VTT, "url: https://film.example/1\n")
    assert document.title == "Föredrag om uppehållsrätt"
    first, second = document.passages
    assert first.text == "Hej och välkomna. Idag talar vi om uppehållsrätt för EU-medborgare."  # no tags, no name
    assert (first.heading, first.sources[0].url) == ("0:01–0:09", "https://film.example/1#t=1")
    assert (second.heading, second.sources[0].url) == ("1:02:05–1:02:09", "https://film.example/1#t=3725")


def test_cues_are_joined_to_whole_sentences(tmp_path: Path) -> None:
    cues = [
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\nMening {n} börjar här och\nslutar i nästa rad.\n"
        for n in range(30)
    ]
    document = read(tmp_path / "a.vtt", "WEBVTT\n\n" + "\n".join(cues))
    assert len(document.passages) > 2
    for passage in document.passages:
        assert passage.text.startswith("Mening ") and passage.text.endswith("rad.") and len(passage.text) <= 700
    assert " ".join(text for _, text in shown(document)).count("Mening ") == 30


def test_rolling_captions_are_said_once(tmp_path: Path) -> None:
    assert shown(read(tmp_path / "a.vtt", ROLLING)) == [("0:01–0:03", "Hej alla som lyssnar.")]


def test_srt(tmp_path: Path) -> None:
    expected = [("1:35–1:44", "Här börjar föredraget om människohandel. Ring 112 i akut fara.")]
    text = SRT.format("<i>Ring 112</i> i akut fara.")
    assert shown(read(tmp_path / "a.srt", text)) == expected
    assert shown(read(tmp_path / "b.srt", "\ufeff" + text.replace("\n", "\r\n"))) == expected
    assert shown(read(tmp_path / "c.txt", text)) == expected


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.vtt", "WEBVTT\n\n") == "no_text"
    assert refused(tmp_path / "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna></v>\n") == "no_text"
    assert refused(tmp_path / "a.srt", "Bara text utan tider.") == "corrupt"
    assert refused(tmp_path / "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nå".encode("latin-1")) == "not_utf8"
