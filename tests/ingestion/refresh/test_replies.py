"""Replies that are too large, too slow, of the wrong kind, broken, or none at all."""

from __future__ import annotations

import datetime as dt
import gzip
import socket
import tracemalloc
from http.server import BaseHTTPRequestHandler

import pytest

from knowledge.source_checks import Outcome

from .conftest import Watch
from .site import Page, html, one_after_the_other, send

LIMIT = 100_000  # of the policy in conftest


# Size


def test_an_announced_size_above_the_limit_is_not_read(watch: Watch) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        send(handler, Page(b"", headers={"Content-Length": str(LIMIT + 1)}, length=False))

    watch.site.pages["/sida"] = serve
    check = watch.check_one()
    assert (check.outcome, check.reason, check.detail) == (Outcome.REFUSED, "too_large", f"{LIMIT + 1} byte")


def test_an_endless_body_without_a_size_is_left_at_the_limit(watch: Watch) -> None:
    sent = []

    def serve(handler: BaseHTTPRequestHandler) -> None:
        send(handler, Page(b"", length=False))
        while not watch.site.closing.is_set():
            handler.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    watch.site.pages["/sida"] = serve
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.REFUSED, "too_large")


def test_a_body_of_exactly_the_limit_is_read(watch: Watch) -> None:
    text = html("Text.")
    watch.site.pages["/sida"] = Page(text + " " * (LIMIT - len(text)))
    assert watch.check_one().outcome is Outcome.NEW


def gzipped(body: bytes | str) -> Page:
    packed = gzip.compress(body.encode() if isinstance(body, str) else body)
    return Page(packed, headers={"Content-Encoding": "gzip"})


def test_a_packed_page_is_unpacked(watch: Watch) -> None:
    watch.site.pages["/sida"] = gzipped(html("Åtgärder."))
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.site.requests[-1].headers["accept-encoding"] == "gzip"
    assert watch.upkeep.store.states()[watch.site.url("/sida")].text == "Åtgärder."


def test_a_bomb_is_not_unpacked(watch: Watch) -> None:
    bomb = gzipped(b"0" * 50_000_000)
    assert isinstance(bomb.body, bytes) and len(bomb.body) < LIMIT
    watch.site.pages["/sida"] = bomb
    tracemalloc.start()
    try:
        check = watch.check_one()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (check.outcome, check.reason) == (Outcome.REFUSED, "too_large")
    assert most < 25_000_000


def test_a_bomb_of_many_parts_is_not_unpacked(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(gzip.compress(b"0" * 60_000) * 2, headers={"Content-Encoding": "gzip"})
    assert watch.check_one().reason == "too_large"


@pytest.mark.parametrize(("encoding", "body"), [("gzip", b"not gzip"), ("br", b"\x0b\x02\x80text\x03")])
def test_a_packing_that_cannot_be_read(watch: Watch, encoding: str, body: bytes) -> None:
    watch.site.pages["/sida"] = Page(body, headers={"Content-Encoding": encoding})
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.REFUSED, "unreadable")


def test_half_a_packed_page_is_none(watch: Watch) -> None:
    page = gzipped(html(*(f"Rad {n}." for n in range(200))))
    assert isinstance(page.body, bytes)
    watch.site.pages["/sida"] = Page(page.body[: len(page.body) // 2], headers=page.headers)
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "bad_reply")


# Time

IMPATIENT = {"read_s": 1.0, "total_s": 2.0}


def never(watch: Watch, handler: BaseHTTPRequestHandler, piece: bytes, pause: float) -> None:
    """Sends a little now and then until the test is over: there is always news, and never an end."""
    while not watch.site.closing.wait(pause):
        handler.wfile.write(piece)
        handler.wfile.flush()


def test_a_server_that_never_answers(watch: Watch) -> None:
    watch.allow(**IMPATIENT)
    watch.site.pages["/sida"] = lambda handler: never(watch, handler, b"", 0.1)
    check = watch.check_one()
    assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "timeout")


def test_a_body_that_drips(watch: Watch) -> None:
    watch.allow(**IMPATIENT)

    def serve(handler: BaseHTTPRequestHandler) -> None:
        send(handler, Page(b"", headers={"Content-Length": "90000"}, length=False))
        never(watch, handler, b"x", 0.1)

    watch.site.pages["/sida"] = serve
    assert watch.check_one().reason == "timeout"


def test_headers_that_drip(watch: Watch) -> None:
    watch.allow(**IMPATIENT)

    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        never(watch, handler, b"x", 0.1)

    watch.site.pages["/sida"] = serve
    assert watch.check_one().reason == "timeout"


def test_a_robots_txt_that_drips_holds_up_nobody_else(watch: Watch) -> None:
    watch.allow(**IMPATIENT)
    watch.site.pages |= {
        "/robots.txt": lambda handler: never(watch, handler, b"", 0.1),
        "/a": Page(html("Text.")),
    }
    watch.sources(*(watch.site.url(f"/{name}") for name in "ab"))
    assert [check.reason for check in watch.check()] == ["timeout", "timeout"]
    assert [request.path for request in watch.site.requests] == ["/robots.txt"]


# Kind and status


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "video/mp4", "text/html2", ""])
def test_a_kind_that_is_not_read(watch: Watch, kind: str) -> None:
    watch.site.pages["/sida"] = Page(b"\x89PNG", content_type=kind)
    check = watch.check_one()
    assert (check.outcome, check.reason, check.detail) == (Outcome.REFUSED, "content_type", kind)


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [
        (401, Outcome.REFUSED, "forbidden"),
        (403, Outcome.REFUSED, "forbidden"),
        (451, Outcome.REFUSED, "forbidden"),
        (400, Outcome.UNREACHABLE, "bad_reply"),
        (418, Outcome.UNREACHABLE, "bad_reply"),
        (500, Outcome.UNREACHABLE, "server_error"),
        (502, Outcome.UNREACHABLE, "server_error"),
        (503, Outcome.UNREACHABLE, "busy"),
        (304, Outcome.UNREACHABLE, "bad_reply"),  # we asked for no condition
        (204, Outcome.UNREACHABLE, "bad_reply"),
    ],
)
def test_statuses(watch: Watch, status: int, outcome: Outcome, reason: str) -> None:
    watch.site.pages["/sida"] = Page(b"", status)
    check = watch.check_one()
    assert (check.outcome, check.reason, check.detail) == (outcome, reason, f"HTTP {status}")


def test_a_reply_that_is_no_http(watch: Watch) -> None:
    watch.site.pages["/sida"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    assert watch.check_one().reason == "bad_reply"


def test_a_body_that_breaks_off(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Halva"), headers={"Content-Length": "5000"}, length=False)
    assert watch.check_one().reason == "bad_reply"


# No connection, and when the next try comes


def test_a_refused_connection_is_kept_and_tried_less_and_less_often(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(html("Texten."))
    watch.check_one()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        open_port, closed_port = watch.site.port, unused.getsockname()[1]
        address = f"http://kommun.test:{closed_port}/sida"
        watch.allow(ports=frozenset({closed_port, open_port}))
        watch.sources(address)
        waits, began = [], watch.clock.now()
        for _ in range(7):
            (check,) = watch.check()
            assert (check.outcome, check.reason) == (Outcome.UNREACHABLE, "no_connection")
            state = watch.upkeep.store.states()[address]
            waits.append((state.next_check_at - watch.clock.now()).days)
            assert state.since == began
            watch.clock.time = state.next_check_at
    assert waits == [1, 2, 4, 8, 16, 30, 30]
    report = watch.upkeep.report()
    assert [(state.address, state.failures) for state in report.unreachable] == [(address, 7)]
    # After three in a row a person is told, once.
    assert [(finding.check.at - began).days for finding in report.findings] == [3]


def test_a_source_that_answers_again_is_off_the_report(watch: Watch) -> None:
    watch.site.pages["/sida"] = Page(b"", 500)
    for _ in range(3):
        watch.check_one()
    assert len(watch.upkeep.report().findings) == 1
    watch.site.pages["/sida"] = Page(html("Texten."))
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.upkeep.report().findings == ()
    assert watch.upkeep.report().unreachable == ()


# Asked to wait


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_wait_is_waited(watch: Watch, status: int) -> None:
    busy = Page("vänta", status, headers={"Retry-After": "30"})
    watch.site.pages["/sida"] = one_after_the_other(busy, Page(html("Texten.")))
    assert watch.check_one().outcome is Outcome.NEW
    assert watch.site.paths == ["/sida", "/sida"]
    assert watch.timer.slept == [3.0, 30.0]


def test_a_long_wait_is_kept_for_the_whole_host_and_until_another_day(watch: Watch) -> None:
    week = 7 * 86_400
    watch.site.pages |= {
        "/a": Page("vänta", 429, headers={"Retry-After": str(week)}),
        "/b": Page(html("Texten.")),
    }
    watch.sources(*(watch.site.url(f"/{name}") for name in "ab"))
    assert [(check.outcome, check.reason) for check in watch.check()] == [(Outcome.UNREACHABLE, "busy")] * 2
    assert watch.site.paths == ["/a"]
    states = watch.upkeep.store.states().values()
    assert [(state.next_check_at - watch.clock.now()).days for state in states] == [7, 7]


def test_a_wait_until_a_date(watch: Watch) -> None:
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=10)
    said = until.strftime("%a, %d %b %Y %H:%M:%S GMT")
    watch.site.pages["/sida"] = Page("vänta", 503, headers={"Retry-After": said})
    watch.check_one()
    wait = watch.upkeep.store.states()[watch.site.url("/sida")].next_check_at - watch.clock.now()
    assert dt.timedelta(days=9, hours=23) < wait <= dt.timedelta(days=10)


@pytest.mark.parametrize("said", ["soon", "-5", "1e9", "Mon, 02 Nov 1998 08:00:00 GMT"])
def test_a_wait_that_is_none(watch: Watch, said: str) -> None:
    watch.site.pages["/sida"] = Page("vänta", 429, headers={"Retry-After": said})
    assert watch.check_one().reason == "busy"
    assert watch.site.paths == ["/sida"]


# Pace


def test_one_at_a_time_with_a_pause_between(watch: Watch) -> None:
    at_work: list[int] = []
    most: list[int] = []

    def serve(handler: BaseHTTPRequestHandler) -> None:
        at_work.append(1)
        most.append(len(at_work))
        send(handler, Page(html("Text.")))
        at_work.pop()

    paths = [f"/{n}" for n in range(5)]
    watch.site.pages |= dict.fromkeys(paths, serve)
    watch.sources(*map(watch.site.url, paths))
    watch.check()
    assert watch.site.paths == paths
    assert max(most) == 1
    assert watch.timer.slept == [3.0] * 5  # after robots.txt, and after each page but the last
