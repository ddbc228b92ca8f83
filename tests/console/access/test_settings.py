"""The settings of signing in at a provider: all of them together, or a refusal that names what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import ConfigurationError
from knowledge.settings import read_settings

WHOLE = {
    "OIDC_ISSUER": "https://login.example.se/tenant/v2.0",
    "OIDC_CLIENT_ID": "radgivaren",
    "OIDC_ROLES": "Radgivaren.Läsare=reader",
    "CONSOLE_URL": "https://console.example.se/",
}


def test_a_claim_may_hold_an_equals_sign() -> None:
    roles = {"OIDC_ROLES": "Radgivaren.Läsare=reader, cn=redaktion=editor ,"}
    provider = read_settings(WHOLE | roles).provider
    assert provider and provider.roles == {"Radgivaren.Läsare": "reader", "cn=redaktion": "editor"}
    assert provider.roles_claim == "roles" and read_settings(WHOLE | roles).console_url == "https://console.example.se"


def test_without_an_issuer_there_is_no_provider() -> None:
    assert read_settings({"OIDC_CLIENT_ID": "radgivaren", "OIDC_ROLES": "x"}).provider is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_CLIENT_ID", ""),
        ("CONSOLE_URL", ""),
        ("OIDC_ROLES_CLAIM", ""),
        ("OIDC_ROLES", ""),
        ("OIDC_ROLES", "Radgivaren.Reader"),
        ("OIDC_ROLES", "=reader"),
        ("OIDC_ROLES", "Radgivaren.King=king"),
        ("OIDC_ISSUER", "login.example.se"),
        ("OIDC_ISSUER", "http://login.example.se"),
        ("OIDC_ISSUER", "https://login.example.se?x=1"),
        ("OIDC_ISSUER", "https://user@login.example.se"),
        ("CONSOLE_URL", "https://console.example.se:port"),
    ],
)
def test_what_is_missing_or_wrong_is_named(name: str, value: str) -> None:
    whole = WHOLE | {"OIDC_ROLES": "Radgivaren.Reader=reader"}
    with pytest.raises(ConfigurationError, match=f"^{name}="):
        read_settings(whole | {name: value})


def test_the_client_secret_may_come_as_a_file_and_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text("hemligt-värde\n", encoding="utf-8")
    monkeypatch.setenv("OIDC_CLIENT_SECRET_FILE", str(file))
    settings = read_settings(WHOLE | {"OIDC_ROLES": "Radgivaren.Reader=reader"})
    assert settings.provider and settings.provider.client_secret == "hemligt-värde"
    assert "hemligt" not in repr(settings)
