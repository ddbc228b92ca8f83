"""https: the connection goes to the address that was checked, the certificate is that of the name."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest
import trustme

from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, Site, html, redirect


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority: trustme.CA) -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("kommun.test").configure_cert(context)
    site = Site(context)
    site.pages["/sida"] = Page(html("Texten."))
    yield site
    site.close()


@pytest.fixture
def trusting(watch: Watch, secure: Site, authority: trustme.CA) -> Watch:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    watch.allow(tls=context, ports=frozenset({watch.site.port, secure.port}))
    return watch


def test_a_certificate_of_the_name_is_good(trusting: Watch, secure: Site) -> None:
    trusting.sources(secure.url("/sida"))
    assert [check.outcome for check in trusting.check()] == [Outcome.NEW]
    assert secure.requests[-1].host == f"kommun.test:{secure.port}"


def test_a_certificate_of_another_name_is_not(trusting: Watch, secure: Site) -> None:
    trusting.sources(secure.url("/sida", "region.test"))
    (check,) = trusting.check()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "certificate")


def test_a_certificate_of_an_unknown_authority_is_not(trusting: Watch, secure: Site) -> None:
    trusting.allow(tls=None)
    trusting.sources(secure.url("/sida"))
    (check,) = trusting.check()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "certificate")


def test_from_http_to_https_is_followed(trusting: Watch, secure: Site) -> None:
    trusting.site.pages["/sida"] = redirect(secure.url("/sida"), 301)
    trusting.sources(trusting.site.url("/sida"))
    (check,) = trusting.check()
    assert (check.outcome, check.detail) == (Outcome.MOVED, secure.url("/sida"))
