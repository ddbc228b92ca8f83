"""Several workspaces: each installs the app itself, and only those that may."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.gateway.channels.slack.oauth import SCOPES
from tests.sims.slack import traffic
from tests.sims.slack.web_api import CLIENT_ID, CLIENT_SECRET, CODE, TOKEN

from .conftest import SlackGateway, StartSlack, wait_for
from .recorded import recorded

# slack_sdk's own call of oauth.v2.access uses it still.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
INSTALL, REDIRECT = "/channels/slack/install", "/channels/slack/oauth_redirect"
DIRECT = "D0MARIA01"
OAUTH = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": CLIENT_ID, "SLACK_CLIENT_SECRET": CLIENT_SECRET}


@pytest.fixture
def slack(start_slack: StartSlack) -> SlackGateway:
    return start_slack(**OAUTH, SLACK_ALLOWED_TEAMS="T0ANNAN01 T0RADGIV1")


def begun(slack: SlackGateway) -> tuple[str, dict[str, str]]:
    """The state that Slack would bring back, and the browser's cookie."""
    response = slack.http.get(INSTALL)
    assert response.status_code == 302
    query = parse_qs(urlsplit(response.headers["location"]).query)
    assert query["scope"] == [",".join(SCOPES)]
    cookie = response.headers["set-cookie"].partition(";")[0]
    return query["state"][0], {"cookie": cookie}


def installed(slack: SlackGateway) -> httpx.Response:
    state, cookie = begun(slack)
    return slack.http.get(REDIRECT, params={"code": CODE, "state": state}, headers=cookie)


def test_a_workspace_installs_the_app_and_is_answered(slack: SlackGateway) -> None:
    assert slack.line.send(recorded("message_im")).status_code == 403
    page = installed(slack)
    assert page.status_code == 200
    assert "Rådgivaren är installerad i Kommunen" in page.text
    slack.maria.says("Får en rumänsk kvinna hjälp?")
    assert "Nej, inte till löpande" in slack.bot_says(DIRECT)[0]["text"]


def test_the_installation_holds_over_a_restart_and_its_token_is_not_readable_on_disk(
    slack: SlackGateway, start_slack: StartSlack, tmp_path: Path
) -> None:
    installed(slack)
    slack.stop()
    assert not any(TOKEN.encode() in file.read_bytes() for file in tmp_path.glob("gateway.db*"))
    again = start_slack(**OAUTH, SLACK_ALLOWED_TEAMS="T0RADGIV1")
    again.maria.says("Får en rumänsk kvinna hjälp?")
    assert "Nej, inte till löpande" in again.bot_says(DIRECT)[0]["text"]


def test_a_workspace_that_may_not_is_not_installed_and_its_token_is_given_back(start_slack: StartSlack) -> None:
    slack = start_slack(**OAUTH, SLACK_ALLOWED_TEAMS="T0ANNAN01")
    page = installed(slack)
    assert page.status_code == 500
    assert "Installationen blev inte klar" in page.text
    assert slack.sim.workspace.called("auth.revoke")
    assert slack.line.send(recorded("message_im")).status_code == 403


@pytest.mark.parametrize("change", [{"code": "annan"}, {"state": "annat"}, {"error": "access_denied"}])
def test_a_way_back_that_is_not_ours_installs_nothing(slack: SlackGateway, change: dict[str, str]) -> None:
    state, cookie = begun(slack)
    page = slack.http.get(REDIRECT, params={"code": CODE, "state": state} | change, headers=cookie)
    assert page.status_code in (400, 401, 403)
    assert "Ingenting är ändrat" in page.text
    assert slack.line.send(recorded("message_im")).status_code == 403


def test_another_browsers_way_back_installs_nothing(slack: SlackGateway) -> None:
    state, _ = begun(slack)
    page = slack.http.get(REDIRECT, params={"code": CODE, "state": state})
    assert page.status_code == 400


def test_a_workspace_that_removes_the_app_is_forgotten(slack: SlackGateway, tmp_path: Path) -> None:
    installed(slack)
    event = {"type": "app_uninstalled", "event_ts": traffic.stamp()}
    assert slack.line.send(traffic.envelope(event)).status_code == 200
    wait_for(lambda: slack.line.send(recorded("message_im")).status_code == 403)
    with closing(sqlite3.connect(tmp_path / "gateway.db")) as database:
        assert database.execute("SELECT count(*) FROM slack_installations").fetchone() == (0,)


def test_with_one_token_there_is_no_page_of_installation(start_slack: StartSlack) -> None:
    assert start_slack().http.get(INSTALL).status_code == 404
