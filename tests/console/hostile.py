"""A console full of what somebody wrote to do harm, and what has to be true of each of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import lxml.html
from fastapi.testclient import TestClient
from httpx2 import Response

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.datatypes import Contact

from .answers.conftest import Form, first_offered
from .conftest import ADDRESS, PASSWORD, ConsoleClient

SCRIPT = "<script>alert(1)</script>"
MARKS = ("fråga", "kommentar", "meddelande", "adress", "titel", "organisation", "svar", "namn", "anteckning", "åter")
_OF_A_SCRIPT = ("javascript:", "data:", "vbscript:")
_PAGES_OF_A_KIND = 4  # followed from the lists: the next ones are like them


def hostile(mark: str) -> str:
    """Markup, an address that runs, Markdown, a template's and a formula's signs, and a turn of the writing."""
    harm = f"{SCRIPT}<img src=x onerror=alert(2)>\"'><svg/onload=alert(3)> [k](javascript:alert(4)) **f** <b>"
    return f"=ond{mark} {harm} {{{{ 7*7 }}}} ${{7*7}} &lt;i&gt; \u202e\u2066vänd\u2069\u202c"


def fill(knowledge: Knowledge, editor: ConsoleClient, administrator: ConsoleClient) -> list[str]:
    """Everything that people write, or send, stands somewhere in the store as they wrote it.

    Gives the addresses at which a crawl is to begin.
    """
    api = TestClient(create_app(knowledge))
    question = "Vad kostar ett fiskekort för en EU-medborgare? "
    answer, handed = _handed_over(api, question + hostile("fråga"))
    long = api.post("/api/answers", json={"question": question + "å" * 1900, "municipality": SCRIPT}).json()
    api.post("/api/feedback", json={"answer_id": long["answer_id"], "rating": "down", "comment": "ö" * 2000})
    document, job = _send_document(api)
    knowledge.contact_store.save([_contact()], by=hostile("namn"))
    hashed = knowledge.entrance.passwords.hash(PASSWORD)
    knowledge.entrance.accounts.add_local("ond", hostile("namn"), [Role.READER], hashed, by=SCRIPT)
    for submitted in (False, True):
        _write_answer(editor, hostile("svar"), submitted=submitted)
    approved = _write_answer(editor, hostile("svar"), submitted=True)
    decision = Form.of(administrator, administrator.get(f"{approved}/review"), "#decide form")
    assert decision.press().url.path == approved
    page = administrator.post_form(f"/console/handovers/{handed}/reply", {"text": hostile("åter"), "seen": "0"})
    assert page.status_code == 200, page.text
    item = next(link for link in Page(administrator.get("/console/inbox")).links() if re.search("inbox/[0-9a-f]", link))
    form = Form.of(administrator, administrator.get(item), "form:has([name=note])")
    assert form.fill(note=hostile("anteckning")).press().status_code == 200
    return [
        "/console/",
        f"/console/audit/answers/{answer}",
        f"/console/documents/{document}",
        f"/console/documents/jobs/{job}",
        approved,
    ]


def _handed_over(api: TestClient, question: str) -> tuple[str, str]:
    asked = {"question": question, "conversation_id": "web-ond", "channel": SCRIPT[:20], "municipality": SCRIPT}
    answer: str = api.post("/api/answers", json=asked).json()["answer_id"]
    thumb = {"answer_id": answer, "rating": "down", "reasons": ["other"], "comment": hostile("kommentar")}
    assert api.post("/api/feedback", json=thumb).status_code == 201
    wish: dict[str, object] = {"conversation_id": "web-ond", "answer_id": answer, "consent": True}
    wish |= {"contact_way": "phone", "contact": hostile("adress")[:200]}
    wish |= {"municipality": SCRIPT, "message": hostile("meddelande")}
    made = api.post("/api/handovers", json=wish)
    assert made.status_code == 201, made.text
    return answer, made.json()["handover_id"]


def _send_document(api: TestClient) -> tuple[str, str]:
    words = hostile("titel")
    text = f"# {words}\n\nKanot kostar 100 kronor. {words}\n\n## {words}\n\n{'å' * 3000}\n"
    files = [("files", (f"{SCRIPT.replace('/', '')}\u202e=x.md", text.encode())), ("files", (f"{SCRIPT}.exe", b"MZ"))]
    sent = api.post("/api/documents", files=files).json()
    assert sent["counts"] == {"taken": 1, "unchanged": 0, "refused": 1}
    return next(one["document_id"] for one in sent["files"] if one["document_id"]), sent["job"]["job_id"]


def _contact() -> Contact:
    words, runs = hostile("organisation"), "javascript:alert(5)"
    return Contact(
        id="ond", organisation=words, role="=1+1", role_en="@x", scope="local", places=(SCRIPT,), topics=(SCRIPT,),
        phone="+46 1", email="-x@kommun.example", hours=words, url=runs, source_url=runs, source_date=words,
        last_verified=None, note=words, address=words, verified_by=words,
    )  # fmt: skip


def _write_answer(editor: ConsoleClient, words: str, *, submitted: bool) -> str:
    """An answer with a source; its address. Tags in the text are refused at review, so only a draft has them there."""
    form = Form.of(editor, editor.get("/console/answers/new")).fill(words="betala hemresan").after("search")
    form = form.after(first_offered(form.press("search"))).after("add_addition")
    said = f"{words.replace('<', '(').replace('>', ')')} [1]" if submitted else f"{words} [1]"
    written = dict.fromkeys(("question_sv", "question_en", "phrasings_sv"), words) | {"addition_place": "Malmö"}
    form.fill(**written, **dict.fromkeys(("text_sv", "text_en", "addition_text"), said))
    page = form.after("check").press("submit") if submitted else form.press("save")
    assert page.status_code == 200, page.text
    found = re.fullmatch("(/console/answers/[0-9a-f]+)(/edit)?", page.url.path)
    assert found, page.text
    return found[1]


@dataclass
class Page:
    """A reply as a browser would take it."""

    response: Response
    tree: lxml.html.HtmlElement = field(init=False)

    def __post_init__(self) -> None:
        # A browser puts the sign of what is unreadable in the place of a NUL; lxml would stop there.
        self.tree = lxml.html.document_fromstring(f"{self.response.text}\n<p>".replace("\0", "\ufffd"))

    @property
    def text(self) -> str:
        """All that is to be read, and what stands in fields."""
        values = self.tree.xpath("//@value | //@placeholder | //@title | //@aria-label")
        return " ".join([self.tree.text_content(), *map(str, values)])

    def links(self) -> Iterator[str]:
        """Where it leads within the console, by links; forms are not sent."""
        for link in self.tree.xpath("//a[not(@download)]/@href"):
            address = urljoin(str(self.response.url), str(link))
            if address.startswith(f"{ADDRESS}/console"):
                parts = urlsplit(address)
                yield parts.path + (f"?{parts.query}" if parts.query else "")

    def harm(self) -> list[str]:
        """What would run, load from elsewhere or lead to a script; empty where everything written is only text."""
        found = [f"script {one.attrib}" for one in self.tree.iter("script") if not _ours(one.get("src"))]
        found += [f"inside a script: {one.text}" for one in self.tree.iter("script") if (one.text or "").strip()]
        found += [one.tag for one in self.tree.cssselect("iframe, object, embed, base, style, [srcdoc], [style]")]
        found += [one.tag for one in self.tree.cssselect("img, link, source, use") if not _ours(_source(one))]
        for one in self.tree.iter(lxml.html.etree.Element):
            for name, value in one.attrib.items():
                leads = name in ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset")
                if name.startswith("on") or (leads and value.strip().lower().startswith(_OF_A_SCRIPT)):
                    found.append(f"<{one.tag} {name}={value!r}>")
        return found

    def refused_headers(self) -> list[str]:
        """What is missing of the headers that make a page inert should something get through all the same."""
        headers = self.response.headers
        parts = headers.get("content-security-policy", "").split(";")
        policy = dict(part.strip().partition(" ")[::2] for part in parts)
        wanted = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'"}
        wanted |= {"frame-ancestors": "'none'"}
        found = [f"{name} is {policy.get(name)}" for name, value in wanted.items() if policy.get(name) != value]
        return found + ([] if headers.get("x-content-type-options") == "nosniff" else ["it may be sniffed"])


def crawl(client: ConsoleClient, beginnings: list[str]) -> dict[str, Page]:
    """Every page that links lead to; of those that differ by a key or a query alone, some."""
    waiting, pages, kinds = [*beginnings], {}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        kind = re.sub(r"/[0-9a-z-]*[0-9-][0-9a-z-]*(?=/|$)|/ond\b|%[0-9A-F]{2}.*", "/*", address.partition("?")[0])
        kind += "?" + ",".join(sorted(re.findall(r"[?&](\w+)=", address)))
        if address in pages or kinds.get(kind, 0) >= _PAGES_OF_A_KIND:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        response = client.get(address)
        if response.headers.get("content-type", "").startswith("text/html"):
            pages[address] = Page(response)
            waiting += pages[address].links()
    return pages


def _ours(address: str | None) -> bool:
    return (address or "").startswith("/console/static/")


def _source(one: lxml.html.HtmlElement) -> str | None:
    return one.get("src") or one.get("href")
