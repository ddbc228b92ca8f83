"""Two editors, one answer: the second one sees both texts, and loses neither."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from ..conftest import ConsoleClient, SignIn
from .conftest import Form, Write, element, said

MINE, THEIRS = "Min text [1]. Den är bättre [2].", "Egons text [1]. Han var först [2]."


@pytest.fixture
def met(write: Write, editor: ConsoleClient, sign_in: SignIn) -> Callable[[str], httpx.Response]:
    """Edit and Egon open the same draft; Egon saves first, and Edit presses her button."""

    def meet(do: str) -> httpx.Response:
        path = str(write("Vem ansvarar för ett dödsbo?").press("save").url.path)
        mine = Form.of(editor, editor.get(path)).fill(text_sv=MINE, phrasings_sv="Dödsbo", valid_to="2027-05-01")
        egon = sign_in("egon")
        assert "sparat" in said(Form.of(egon, egon.get(path)).fill(text_sv=THEIRS).press("save"))
        return (mine if do == "save" else mine.after("check")).press(do)

    return meet


@pytest.mark.parametrize("do", ["save", "submit"])
def test_both_texts_stand_side_by_side(met: Callable[[str], httpx.Response], do: str) -> None:
    page = met(do)
    assert page.status_code == 409
    theirs, mine = element(page).cssselect(".two-columns > section")
    assert THEIRS in theirs.text_content() and "Egon Redaktör" in theirs.text_content()
    assert MINE in mine.text_content() and "Din text, inte sparad" in mine.text_content()
    assert "Egons" in said(page, ".diff del") and "Min" in said(page, ".diff ins")


def test_nothing_is_overwritten_unless_one_says_so(met: Callable[[str], httpx.Response], editor: ConsoleClient) -> None:
    page = met("save")
    form = Form.of(editor, page, "main form")
    assert Form.of(editor, editor.get(form.action))["text_sv"] == THEIRS
    saved = form.press("save")
    assert "Utkastet är sparat" in said(saved)
    stored = Form.of(editor, editor.get(form.action))
    assert (stored["text_sv"], stored["phrasings_sv"], stored["valid_to"]) == (MINE, "Dödsbo", "2027-05-01")
    assert len(stored.all("citation_passage")) == 2 and stored.all("citation_quote") == form.all("citation_quote")


def test_both_can_be_written_together(met: Callable[[str], httpx.Response], editor: ConsoleClient) -> None:
    page = Form.of(editor, met("save"), "main form").press("merge")
    assert THEIRS in said(page, "details.notice")
    form = Form.of(editor, page)
    assert form["text_sv"] == MINE
    assert "Utkastet är sparat" in said(form.fill(text_sv=f"{MINE} {THEIRS}").press("save"))


def test_a_third_change_meets_again(
    met: Callable[[str], httpx.Response], editor: ConsoleClient, sign_in: SignIn
) -> None:
    form = Form.of(editor, met("save"), "main form")
    egon = sign_in("egon")
    Form.of(egon, egon.get(form.action)).fill(text_sv="Egon igen [1] [2].").press("save")
    page = form.press("save")
    assert page.status_code == 409 and "Egon igen" in said(page) and MINE in said(page)
