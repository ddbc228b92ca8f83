"""What docker-compose.yml and the Dockerfiles promise. No image is built here: that takes a Docker engine."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import actions.settings
import bot.gateway.settings
import knowledge.settings

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NAMES = ["gateway", "rasa", "actions", "knowledge"]
TABLES = {
    "gateway": bot.gateway.settings.SETTINGS,
    "actions": actions.settings.SETTINGS,
    "knowledge": knowledge.settings.SETTINGS,
}
# Not handed on: the gateway writes nothing, and a folder of the machine is no folder of the container.
LEFT_OUT = {
    "gateway": {
        "SLACK_SIGNING_SECRET",  # docker/slack.yml and docker/teams.yml
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_CLIENT_SECRET",
        "TEAMS_CLIENT_SECRET",
    },
    "knowledge": {"KNOWLEDGE_CORPUS", "OIDC_CLIENT_SECRET", "SMTP_PASSWORD"},
    "actions": set(),
}
CODE = {"gateway": "bot/gateway", "actions": "actions", "knowledge": "knowledge"}


def dockerfile(name: str) -> str:
    return (ROOT / SERVICES[name]["build"]["dockerfile"]).read_text(encoding="utf-8")


def instructions(name: str, keyword: str) -> list[str]:
    joined = dockerfile(name).replace("\\\n", " ")
    return [line.split(None, 1)[1] for line in joined.splitlines() if line.startswith(f"{keyword} ")]


def last_stage(name: str) -> str:
    return re.split(r"^FROM ", dockerfile(name), flags=re.MULTILINE)[-1]


def test_a_container_for_each_process() -> None:
    assert list(SERVICES) == NAMES


# Least privilege


@pytest.mark.parametrize("name", NAMES)
def test_a_process_may_do_nothing_that_it_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] > 0
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid", "ipc", "userns_mode"} & set(service)
    (tmp,) = service["tmpfs"]
    assert tmp.startswith("/tmp:") and {"noexec", "nosuid", "nodev"} < set(tmp.split(":")[1].split(","))


@pytest.mark.parametrize("name", NAMES)
def test_a_process_is_one_fixed_user_that_is_not_root(name: str) -> None:
    user = SERVICES[name]["user"]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert re.findall(r"^USER (.+)$", last_stage(name), re.MULTILINE) == [user]
    assert f"useradd --uid {user.partition(':')[0]} " in last_stage(name)


@pytest.mark.parametrize("name", NAMES)
def test_memory_is_bounded_and_a_dead_process_starts_again(name: str) -> None:
    assert re.fullmatch(r"\d+[mg]", SERVICES[name]["mem_limit"])
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_two_keep_something_and_only_in_their_volumes() -> None:
    assert {name: service.get("volumes") for name, service in SERVICES.items() if "volumes" in service} == {
        "gateway": ["gateway-data:/data"],
        "knowledge": ["knowledge-data:/data"],
    }
    for name in ("gateway", "knowledge"):
        assert f"{name}-data" in COMPOSE["volumes"]
        assert SERVICES[name]["environment"]["RADGIVAREN_DATA"] == "/data"
        assert "-o 10001 -g 10001 -m 700 /data" in dockerfile(name)  # else the volume would be root's


# Networks


def test_only_the_gateway_has_a_way_outside() -> None:
    internal = {name for name, network in COMPOSE["networks"].items() if (network or {}).get("internal")}
    outside = {name for name, service in SERVICES.items() if set(service["networks"]) - internal}
    assert outside == {"gateway"}


def test_each_meets_only_those_it_calls() -> None:
    pairs = {
        frozenset((one, other))
        for one in NAMES
        for other in NAMES
        if one != other and set(SERVICES[one]["networks"]) & set(SERVICES[other]["networks"])
    }
    assert frozenset(("rasa", "knowledge")) not in pairs
    for caller, called in (
        ("gateway", "rasa"),
        ("rasa", "actions"),
        ("actions", "knowledge"),
        ("gateway", "knowledge"),
    ):
        assert frozenset((caller, called)) in pairs


def test_only_the_gateway_publishes_a_port_and_on_loopback_unless_told() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"gateway"}
    assert SERVICES["gateway"]["ports"] == ["${GATEWAY_HOST:-127.0.0.1}:${GATEWAY_PORT:-8080}:8080"]


@pytest.mark.parametrize("name", NAMES)
def test_no_proxy_takes_questions_out_of_the_house(name: str) -> None:
    assert SERVICES[name]["environment"]["NO_PROXY"] == SERVICES[name]["environment"]["no_proxy"] == "*"


# Health


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("gateway", "http://127.0.0.1:8080/healthz"),
        ("rasa", "http://127.0.0.1:5005/webhooks/gateway/ready"),
        ("actions", "http://127.0.0.1:5055/readyz"),
        ("knowledge", "http://127.0.0.1:8000/readyz"),
    ],
)
def test_each_has_a_health_check_without_curl(name: str, address: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"] == ["CMD", "python", "docker/check_health.py", address]
    assert {"interval", "timeout", "retries", "start_period"} <= set(check)
    assert any("docker/check_health.py" in copied for copied in instructions(name, "COPY"))
    assert "curl" not in dockerfile(name) and "wget" not in dockerfile(name)


@pytest.mark.parametrize(("status", "expected"), [(200, 0), (503, 1), (404, 1)])
def test_the_health_check_tells_ready_from_not(status: int, expected: int, answering_server: Any) -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "docker" / "check_health.py", answering_server(status)],
        env={**os.environ, "http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == expected, ended.stderr


def test_the_health_check_tells_a_dead_process() -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "docker" / "check_health.py", "http://127.0.0.1:1/readyz"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1


# Secrets and settings


def test_secrets_are_files_and_never_values() -> None:
    assert set(COMPOSE["secrets"]) == {"rasa_token", "knowledge_token", "conversation_secret"}
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": "${RADGIVAREN_SECRETS:-./secrets}/" + name}
    for service in SERVICES.values():
        for variable, value in service["environment"].items():
            assert not variable.endswith(("TOKEN", "SECRET", "PASSWORD"))
            if variable.endswith("_FILE"):
                assert value == f"/run/secrets/{variable.removesuffix('_FILE').lower()}"
                assert variable.removesuffix("_FILE").lower() in service["secrets"]


def test_each_gets_only_the_secrets_that_it_needs() -> None:
    assert {name: set(service["secrets"]) for name, service in SERVICES.items()} == {
        "gateway": {"rasa_token", "knowledge_token", "conversation_secret"},
        "rasa": {"rasa_token"},
        "actions": {"knowledge_token"},
        "knowledge": {"knowledge_token"},
    }


@pytest.mark.parametrize("name", TABLES)
def test_every_setting_reaches_its_container(name: str) -> None:
    given = {variable.removesuffix("_FILE") for variable in SERVICES[name]["environment"]}
    assert {setting.name for setting in TABLES[name]} - given == LEFT_OUT[name]
    assert given - {"NO_PROXY", "no_proxy"} <= {setting.name for setting in TABLES[name]}


def test_secrets_are_made_once_readable_in_the_container_and_behind_a_closed_folder(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for _ in range(2):
        subprocess.run(["sh", ROOT / "docker" / "make-secrets.sh", folder], check=True, capture_output=True)
        made = {file.name: file.read_text() for file in folder.iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert len(set(made.values())) == 3 and all(re.fullmatch(r"t[0-9a-f]{64}\n", value) for value in made.values())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o444}
    (folder / "rasa_token").unlink()
    subprocess.run(["sh", ROOT / "docker" / "make-secrets.sh", folder], check=True, capture_output=True)
    again = {file.name: file.read_text() for file in folder.iterdir()}
    assert {name for name in made if made[name] != again[name]} == {"rasa_token"}


def test_rasa_does_not_start_without_its_token(tmp_path: Path) -> None:
    empty = tmp_path / "rasa_token"
    empty.write_text("\n")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RASA_TOKEN")}
    for environment in (bare, {**bare, "RASA_TOKEN_FILE": str(empty)}):
        ended = subprocess.run(
            ["sh", ROOT / "docker" / "serve-rasa.sh"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode != 0 and "RASA_TOKEN_FILE" in ended.stderr


# Images


@pytest.mark.parametrize("name", NAMES)
def test_the_base_is_a_tag_that_can_be_pinned(name: str) -> None:
    version = "3.10" if name == "rasa" else "3.11"
    assert f"ARG PYTHON_IMAGE=python:{version}-slim-bookworm\n" in dockerfile(name)
    assert f"PYTHON_IMAGE=python:{version}-slim-bookworm@sha256:" in dockerfile(name)
    assert {stage.split()[0] for stage in instructions(name, "FROM")} <= {"${PYTHON_IMAGE}", "packages"}


@pytest.mark.parametrize("name", NAMES)
def test_packages_come_from_the_hashed_locks(name: str) -> None:
    installs = [run for run in instructions(name, "RUN") if "install" in run and "useradd" not in run]
    folder, lock = (
        ("/app/.venv-rasa", "bot/requirements.lock") if name == "rasa" else ("/app/.venv", "requirements.lock")
    )
    wanted = f"sh install-packages.sh {folder} {lock}" + ("" if name == "rasa" else f" {name}.txt")
    assert installs == [wanted + (" torch" if name == "knowledge" else "")]


def test_every_install_checks_hashes() -> None:
    script = (ROOT / "docker" / "install-packages.sh").read_text(encoding="utf-8")
    installs = [line for line in script.splitlines() if re.search(r"pip install", line) and not line.startswith("#")]
    assert len(installs) == 4
    for line in installs:
        assert "--require-hashes" in line or '--constraints "$lock"' in line or "--torch-backend cpu" in line
    for lock in ("requirements.lock", "bot/requirements.lock"):
        pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==.*\\$", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
        assert len(pinned) > 50


@pytest.mark.parametrize("name", TABLES)
def test_an_image_holds_what_its_process_imports(name: str) -> None:
    listed = {canonicalize_name(Requirement(line).name) for line in package_list(name)}
    listed |= {"torch"} if name == "knowledge" else set()
    listed |= {"starlette"} if "fastapi" in listed else set()  # FastAPI is made of it
    distributions = packages_distributions()
    missing = {
        module
        for module in imported_modules(ROOT / CODE[name])
        if not listed & {canonicalize_name(found) for found in distributions.get(module, [module])}
    }
    assert missing == set(), f"add to docker/{name}.txt what brings {missing}"


@pytest.mark.parametrize("name", TABLES)
def test_a_package_list_names_only_what_is_locked(name: str) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(found) for found in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE)
    }
    for line in package_list(name):
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?", line), f"{line}: versions stand in the lock alone"
        assert canonicalize_name(Requirement(line).name) in locked


@pytest.mark.parametrize("name", NAMES)
def test_what_is_copied_exists_and_is_let_through(name: str) -> None:
    allowed = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    for copied in instructions(name, "COPY"):
        if copied.startswith("--from="):
            continue
        for source in copied.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert any(f"{source}/".startswith(f"{entry}/") for entry in allowed), f"{source} is not in .dockerignore"


def test_rasas_model_is_made_at_the_build_and_belongs_to_root() -> None:
    stages = re.split(r"^FROM ", dockerfile("rasa"), flags=re.MULTILINE)
    assert "AS model" in stages[2] and "bash scripts/train-rasa.sh" in stages[2]
    assert "COPY --from=model /app/bot/models/rasa.tar.gz bot/models/" in stages[3]
    for name in NAMES:
        assert "--chown" not in dockerfile(name)


def test_nothing_goes_into_an_image_that_is_not_named() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not [rule for rule in rules if rule.startswith("!") and re.search(r"\.env|data$|secrets|tests|\.git", rule)]
    assert "bot/models" in rules


def test_knowledge_prepares_before_it_serves() -> None:
    script = (ROOT / "docker" / "serve-knowledge.sh").read_text(encoding="utf-8")
    assert script.index("python -m knowledge prepare") < script.index("exec python -m knowledge serve")
    assert "set -e" in script
    assert instructions("knowledge", "CMD") == ['["sh", "docker/serve-knowledge.sh"]']


def test_docker_compose_accepts_the_file(tmp_path: Path) -> None:
    command = shutil.which("docker-compose")
    if command is None:
        pytest.skip(
            "docker-compose is not installed (Debian: apt-get install docker-compose): the file was only parsed"
        )
    ended = subprocess.run(
        [command, "-f", ROOT / "docker-compose.yml", "config", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert not ended.stderr, ended.stderr


def package_list(name: str) -> list[str]:
    lines = (ROOT / "docker" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def imported_modules(folder: Path) -> set[str]:
    """The top-level names of the foreign packages that the code below a folder imports."""
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"knowledge", "actions", "bot"}
