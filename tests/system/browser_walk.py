"""Chromium on the real gateway, for one walk at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from browser.conftest import MISSING, PATIENCE_MS, _launch
from browser.widget_page import WidgetPage
from playwright.sync_api import Error, Page, Route, expect, sync_playwright

Walk = Callable[[WidgetPage], None]


def walk_in_browser(url: str, walk: Walk) -> None:
    """Runs the walk on a fresh page. In a thread of its own: Playwright is once a thread, and tests/browser holds this one's."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(_walk, url, walk).result()
