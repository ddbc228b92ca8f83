"""`python -m knowledge refresh`: what may be said to it, and that the policy it runs with reaches nothing inside."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

SOURCES = """
every: {monthly: 30}
hosts:
  - host: 127.0.0.1
    every: monthly
    sources:
      - {url: "http://127.0.0.1/sida", title: Sidan, publisher: Kommunen, topics: [hemresa]}
      - {url: "http://127.0.0.1:PORT/sida", title: Den andra, publisher: Kommunen, topics: [hemresa]}
"""


def test_a_source_inside_is_refused_reported_and_settled(run_here: Run, tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as inside:
        inside.timeout = 0
        sources = SOURCES.replace("PORT", str(inside.server_port))
        (tmp_path / "sources.yml").write_text(sources, encoding="utf-8")
        settings = {"data": tmp_path / "data", "KNOWLEDGE_CORPUS": str(tmp_path)}
        checked = run_here("refresh", **settings)
        assert checked.returncode == 0, checked.stderr
        assert checked.stdout.splitlines() == [
            "Sidan <http://127.0.0.1/sida>: inte läst: namnet pekar in i ett internt nät och hämtas därför inte. "
            "(127.0.0.1)",
            f"Den andra <http://127.0.0.1:{inside.server_port}/sida>: inte läst: bara portarna 80 och 443 används. "
            f"({inside.server_port})",
            "Kontrollerade källor: 2. Inte läst: 2.",
            "Se vad som behöver göras: python -m knowledge refresh --report",
        ]
    assert run_here("refresh", "--done", "http://127.0.0.1/sida", **settings).stdout == "Avklarade punkter: 1.\n"
    report = json.loads(run_here("refresh", "--report", "--json", **settings).stdout)
    assert [finding["reason"] for finding in report["findings"]] == ["port"]


def test_ingest_reaches_nothing_inside_either(run_here: Run, tmp_path: Path) -> None:
    taken = run_here("ingest", "http://127.0.0.1/sida", "https://user:secret@kommun.example/", data=tmp_path / "data")
    assert taken.returncode == 1
    assert taken.stdout.startswith("2 filer: 0 intagna, 0 oförändrade, 2 avvisade.\n")
    said = taken.stderr.splitlines()
    assert "http://127.0.0.1/sida: namnet pekar in i ett internt nät och hämtas därför inte." in said
    bad = "adressen går inte att använda. Den ska börja med https:// eller http://."
    assert f"https://user:secret@kommun.example/: {bad}" in said


def test_what_it_cannot_do_is_said(run_here: Run, tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text(SOURCES.replace("PORT", "443"), encoding="utf-8")
    settings = {"data": tmp_path / "data", "KNOWLEDGE_CORPUS": str(tmp_path)}
    unknown = run_here("refresh", "https://annan.example/sida", **settings)
    assert unknown.returncode == 2
    assert "https://annan.example/sida finns inte i sources.yml" in unknown.stderr
    both = run_here("refresh", "--all", "--report", **settings)
    assert both.returncode == 2
    assert "inte flera av dem" in both.stderr
