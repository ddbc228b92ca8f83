"""`make teams-app`: writes the app package that an administrator uploads to Teams (docs/teams.md)."""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

APP = Path(__file__).parent.parent / "bot" / "gateway" / "channels" / "teams" / "app"
_MANIFEST, _LOCALIZATION = "MicrosoftTeams.schema.json", "MicrosoftTeams.Localization.schema.json"
_ASKED_FOR = {
    "client-id": "Botens app-id (TEAMS_CLIENT_ID). / The bot's application id.",
    "developer": "Er organisation. / Your organisation.",
    "website": "Er webbplats, https. / Your website.",
    "privacy": "Sida om personuppgifter, https. / Page on personal data.",
    "terms": "Sida med villkor, https. / Page with terms of use.",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Skriver Teams-appens paket. / Writes the package of the Teams app.")
    for name, told in _ASKED_FOR.items():
        parser.add_argument(f"--{name}", required=True, help=told)
    parser.add_argument("--version", default="1.0.0", help="Höj vid varje ändring. / Raise with each change.")
    parser.add_argument("--out", type=Path, default=Path("build/teams/radgivaren-teams.zip"))
    options = parser.parse_args()
    manifest = filled_in(options)
    problems = [*faults(manifest, _MANIFEST), *faults(_read("en.json"), _LOCALIZATION), *plain_addresses(manifest)]
    if problems:
        sys.exit("\n".join(["Paketet är inte skrivet. / The package was not written.", *problems]))
    write(manifest, options.out)
    print(f"Skrivet: / Written: {options.out}")


def filled_in(options: argparse.Namespace) -> dict[str, Any]:
    manifest = _read("manifest.json")
    manifest["version"], manifest["id"] = options.version, options.client_id
    manifest["bots"][0]["botId"] = options.client_id
    manifest["developer"] = {
        "name": options.developer,
        "websiteUrl": options.website,
        "privacyUrl": options.privacy,
        "termsOfUseUrl": options.terms,
    }
    return manifest


def faults(document: dict[str, Any], schema: str) -> list[str]:
    """What the schema has against it, one line each."""
    validator = Draft4Validator(_read(schema))
    return [f"{'.'.join(map(str, error.path)) or '-'}: {error.message}" for error in validator.iter_errors(document)]


def plain_addresses(manifest: dict[str, Any]) -> list[str]:
    """Teams refuses http at upload; its schema does not."""
    addresses = {name: value for name, value in manifest["developer"].items() if name.endswith("Url")}
    return [f"developer.{name}: https" for name, value in addresses.items() if not value.startswith("https://")]


def write(manifest: dict[str, Any], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2))
        for name in ("en.json", "color.png", "outline.png"):
            package.write(APP / name, name)


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((APP / name).read_text(encoding="utf-8"))
    return read


if __name__ == "__main__":
    main()
