"""The package that an administrator uploads: `make teams-app`."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
GIVEN = {
    "--client-id": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
    "--developer": "Exempelkommunen",
    "--website": "https://exempelkommunen.example.se",
    "--privacy": "https://exempelkommunen.example.se/personuppgifter",
    "--terms": "https://exempelkommunen.example.se/villkor",
}


def made(out: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    given = GIVEN | {f"--{name.replace('_', '-')}": value for name, value in changes.items()} | {"--out": str(out)}
    arguments = [part for pair in given.items() for part in pair]
    command = [sys.executable, "scripts/teams_app.py", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("app") / "app.zip"
    result = made(out)
    assert result.returncode == 0, result.stderr
    return zipfile.ZipFile(out)


def test_it_holds_what_teams_asks_for(package: zipfile.ZipFile) -> None:
    assert sorted(package.namelist()) == ["color.png", "en.json", "manifest.json", "outline.png"]
    manifest = json.loads(package.read("manifest.json"))
    assert manifest["bots"][0]["botId"] == manifest["id"] == GIVEN["--client-id"]
    assert manifest["developer"]["privacyUrl"] == GIVEN["--privacy"]
    assert manifest["bots"][0]["scopes"] == ["personal", "team", "groupChat"]


def test_it_asks_for_no_permission(package: zipfile.ZipFile) -> None:
    manifest = json.loads(package.read("manifest.json"))
    assert not {"permissions", "devicePermissions", "webApplicationInfo", "authorization"} & manifest.keys()
    assert manifest["bots"][0]["supportsFiles"] is False


def test_english_stands_beside_every_swedish_text(package: zipfile.ZipFile) -> None:
    manifest, english = (json.loads(package.read(name)) for name in ("manifest.json", "en.json"))
    swedish = {f"{part}.{key}" for part in ("name", "description") for key in manifest[part]}
    commands = manifest["bots"][0]["commandLists"][0]["commands"]
    swedish |= {f"bots[0].commandLists[0].commands[{n}].{key}" for n, one in enumerate(commands) for key in one}
    assert english.keys() - {"$schema"} == swedish


@pytest.mark.parametrize(("name", "side"), [("color.png", 192), ("outline.png", 32)])
def test_the_icons_have_the_size_that_teams_asks_for(name: str, side: int, package: zipfile.ZipFile) -> None:
    header = package.read(name)[:26]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header[16:24]) == (side, side)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client_id": ""}, "id: ''"),
        ({"client_id": "not-a-guid"}, "bots.0.botId"),
        ({"developer": "x" * 33}, "developer.name"),
        ({"website": "http://exempelkommunen.example.se"}, "developer.websiteUrl: https"),
        ({"version": "x" * 257}, "version"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(changes: dict[str, str], said: str, tmp_path: Path) -> None:
    result = made(tmp_path / "app.zip", **changes)
    assert result.returncode == 1
    assert said in result.stderr
    assert not (tmp_path / "app.zip").exists()
