"""A real OpenID provider on loopback, a console that signs in at it, and a browser that goes from one to the other."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx2
import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from tests.conftest import REPOSITORY
from tests.console.conftest import ADDRESS, ConsoleClient

HERE = Path(__file__).parent
RETURN, SIGNED_OUT = f"{ADDRESS}/console/sign-in/provider/return", f"{ADDRESS}/console/signed-out"
ROLES = ", ".join(f"Radgivaren.{role.capitalize()}={role}" for role in Role)


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The provider's address while it runs."""
    installed = subprocess.run([REPOSITORY / "scripts" / "oidc-provider.sh"], capture_output=True, text=True)
    if installed.returncode:
        # In continuous integration a missing provider is a fault; at someone's desk it is said aloud and passed by.
        assert os.environ.get("CI") != "true", installed.stderr
        pytest.skip(installed.stderr)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = os.environ | {"OIDC_PACKAGES": str(REPOSITORY / "build" / "oidc-provider")}
    command = ["node", str(HERE / "provider.mjs"), port, RETURN, SIGNED_OUT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout
        said = process.stdout.readline().decode().strip()
        assert said == f"http://127.0.0.1:{port}", "the provider did not start"
        yield said
        process.kill()


@pytest.fixture(scope="session")
def connected(
    build_knowledge: Callable[..., Knowledge], issuer: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Knowledge]:
    built = build_knowledge(
        tmp_path_factory.mktemp("connected"),
        CONSOLE_URL=ADDRESS,
        OIDC_ISSUER=issuer,
        OIDC_CLIENT_ID="radgivaren",
        OIDC_CLIENT_SECRET="a secret between two",
        OIDC_ROLES=ROLES,
    )
    yield built
    built.engine.dispose()


class Walk:
    """One browser: the console by its test client, the provider over loopback, each with its cookies."""

    def __init__(self, console: ConsoleClient, issuer: str) -> None:
        self.console, self.issuer = console, issuer
        self.provider = httpx2.Client(follow_redirects=False, timeout=30)

    def depart(self, next_page: str = "/console/") -> str:
        """To the provider: the address that the console sends the browser to."""
        response = self.console.get("/console/sign-in/provider", params={"next": next_page}, follow_redirects=False)
        assert response.status_code == 303, response.text
        return response.headers["location"]

    def at_provider(self, address: str, name: str = "") -> str:
        """Signs in and consents at the provider. Gives the address of the console that it leads back to."""
        response = self.provider.get(address)
        for _ in range(12):
            if response.has_redirect_location:
                address = urljoin(address, response.headers["location"])
                if not address.startswith(self.issuer):
                    return address
                response = self.provider.get(address)
                continue
            assert response.status_code == 200, response.text
            form = re.search(r'<form[^>]*action="([^"]+)".*?</form>', response.text, re.DOTALL)
            assert form, response.text
            fields = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[0])
            values = {key: unescape(value) for key, value in fields}
            if 'name="login"' in form[0]:
                values |= {"login": name, "password": "x"}
            if "/session/end" in form[1]:
                values["logout"] = "yes"
            address = urljoin(address, unescape(form[1]))
            response = self.provider.post(address, data=values)
        raise AssertionError(f"the provider leads in circles: {address}")

    def arrive(self, address: str) -> httpx2.Response:
        """Back at the console, without following where it leads then."""
        return self.console.get(address, follow_redirects=False)

    def sign_in(self, name: str, next_page: str = "/console/") -> httpx2.Response:
        return self.arrive(self.at_provider(self.depart(next_page), name))


@pytest.fixture
def walk(connected: Knowledge, issuer: str) -> Iterator[Walk]:
    app = create_app(connected)
    with TestClient(app):
        made = Walk(ConsoleClient(app, base_url=ADDRESS), issuer)
        yield made
        made.provider.close()
