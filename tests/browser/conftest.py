"""A browser, the fake gateway, and pages that may speak to nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Route, expect, sync_playwright

from .fake_gateway import Ledger, create_app
from .widget_page import WidgetPage

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 15_000  # the tests run beside others on two cores
MISSING = (
    "No Chromium found. Install Debian's (sudo apt-get install chromium), name one in CHROMIUM, "
    "or fetch Playwright's own (python -m playwright install chromium)."
)


def launch(playwright: Playwright) -> Browser:
    named = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if Path(named).exists():
        return playwright.chromium.launch(executable_path=named, args=FLAGS)
    return playwright.chromium.launch(args=FLAGS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        try:
            launched = launch(playwright)
        except Error as error:
            # In continuous integration a missing browser is a fault; at someone's desk it is said aloud and passed by.
            if os.environ.get("CI") == "true" or "Executable doesn't exist" not in str(error):
                raise
            pytest.skip(MISSING)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def gateway() -> Iterator[tuple[str, Ledger]]:
    ledger = Ledger()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(ledger), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}", ledger
        server.should_exit = True
        thread.join(timeout=5)


@pytest.fixture
def ledger(gateway: tuple[str, Ledger]) -> Ledger:
    gateway[1].clear()
    return gateway[1]


@pytest.fixture
def context(browser: Browser, gateway: tuple[str, Ledger], ledger: Ledger) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 860}, locale="sv-SE", base_url=gateway[0])
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, gateway: tuple[str, Ledger]) -> Iterator[Page]:
    """A page whose every request to another host, script fault and policy violation fails the test."""
    made = context.new_page()
    faults: list[str] = []

    def only_the_gateway(route: Route) -> None:
        if route.request.url.startswith(gateway[0]):
            route.continue_()
        else:
            faults.append(f"request to {route.request.url}")
            route.abort()

    made.route("**/*", only_the_gateway)
    made.on("pageerror", lambda error: faults.append(f"script fault: {error}"))
    made.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield made
    assert faults == []


@pytest.fixture
def widget(page: Page) -> WidgetPage:
    return WidgetPage(page)
