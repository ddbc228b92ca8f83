"""Chromium on the real service, for one walk at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Error, Page, Route, expect, sync_playwright

from tests.browser.conftest import MISSING, PATIENCE_MS, launch
from tests.browser.widget_page import WidgetPage

Open = Callable[[str], Page]
PATIENT_MS = 2 * PATIENCE_MS  # four processes share the machine with the browser


def walk_in_browser(url: str, walk: Callable[[WidgetPage], None]) -> None:
    """Runs the walk on a fresh page."""
    walk_in_browsers(lambda open_page: walk(WidgetPage(open_page(url))))


def walk_in_browsers(walk: Callable[[Open], None]) -> None:
    """Runs a walk of several people, each in a browser of their own, opened by the address of what they use.

    In a thread of its own: tests/browser keeps Playwright in the main one.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_walk, walk).result()


def _walk(walk: Callable[[Open], None]) -> None:
    expect.set_options(timeout=PATIENT_MS)
    faults: list[str] = []
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error as error:
            if "Executable doesn't exist" not in str(error):
                raise
            pytest.skip(MISSING)

        def open_page(url: str) -> Page:
            context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="sv-SE", base_url=url)
            context.set_default_timeout(PATIENT_MS)
            page = context.new_page()
            _watch(page, url, faults)
            return page

        walk(open_page)
        browser.close()
    assert faults == []


def _watch(page: Page, url: str, faults: list[str]) -> None:
    """Collects requests to elsewhere, script faults and violations of the page's own policy."""

    def only_its_own(route: Route) -> None:
        if route.request.url.startswith(url):
            route.continue_()
        else:
            faults.append(f"request to {route.request.url}")
            route.abort()

    page.route("**/*", only_its_own)
    page.on("pageerror", lambda error: faults.append(f"script fault: {error}"))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
