"""The load balancer that `deploy/haproxy.cfg` describes lets through what there is, and waits as long as it takes."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from starlette.routing import BaseRoute, Route

from bot.runtime import web, webhook
from bot.runtime.app import App, Config
from bot.runtime.role import Role
from bot.runtime.web import WebAddress
from bot.settings import _TELEGRAM_PORTS, Settings
from storage.engine import Database

FILE = Path(__file__).resolve().parents[1] / "deploy" / "haproxy.cfg"
#: HAProxy's own words for what the file has, by section; another one is a mistake until somebody looks at it.
SECTIONS = {"global", "defaults", "frontend world", "backend buurtbode"}
KEYWORDS = {
    *("maxconn", "mode", "timeout", "option", "retries", "retry-on", "bind", "acl", "http-request", "http-response"),
    *("default_backend", "balance", "http-check", "default-server", "server"),
}
#: What only our own monitoring may ask for.
OURS = {"/livez", "/readyz", "/metrics"}


def read() -> dict[str, list[list[str]]]:
    """Return the words of each line by section."""
    found: dict[str, list[list[str]]] = {}
    section: list[list[str]] = []
    for line in FILE.read_text().splitlines():
        words = re.sub(r"(?:^|\s)#.*", "", line).split()
        if words and not line.startswith(" "):
            section = found.setdefault(" ".join(words), [])
        elif words:
            section.append(words)
    return found


def lines(section: str, *beginning: str) -> list[list[str]]:
    """Return what stands behind these words in the lines of a section that begin with them."""
    size = len(beginning)
    return [words[size:] for words in read()[section] if tuple(words[:size]) == beginning]


def seconds(name: str) -> float:
    """Return a timeout."""
    ((given,),) = lines("defaults", "timeout", name)
    assert given.endswith("s")
    return float(given.removesuffix("s"))


def paths(routes: Iterable[BaseRoute]) -> set[str]:
    return {route.path for route in routes if isinstance(route, Route)}


def goes_through(path: str) -> bool:
    """Tell whether a request for *path* reaches a process."""
    (condition,) = lines("frontend world", "http-request", "return", "status", "404", "unless")
    allowed = {name: (kind, value) for name, kind, value in lines("frontend world", "acl")}
    kinds = [allowed[name] for name in condition if name != "or"]
    assert {kind for kind, _ in kinds} <= {"path", "path_beg"}
    return any(path == value if kind == "path" else path.startswith(value) for kind, value in kinds)


def test_it_has_no_section_or_word_that_is_not_known() -> None:
    found = read()
    assert set(found) == SECTIONS
    assert {words[0] for section in found.values() for words in section} == KEYWORDS
    assert lines("frontend world", "default_backend") == [["buurtbode"]]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_all_that_a_process_serves_for_the_world_goes_through_and_nothing_else(database: Database) -> None:
    config = Config("1:x", web=WebAddress("https://bode.example.org", port=0), webhook=True, role=Role.WEB)
    served = paths(App(config, database).web_routes())
    assert served >= OURS
    assert {path for path in served if goes_through(path)} == served - OURS
    assert not goes_through("/")


def test_it_asks_processes_where_they_listen_whether_they_are_ready() -> None:
    assert lines("backend buurtbode", "option", "httpchk") == [["GET", "/readyz"]]
    servers = lines("backend buurtbode", "server")
    assert len(servers) > 1
    port = Settings.model_fields["web_port"].default
    assert {address.rpartition(":")[2] for _, address in servers} == {str(port)}
    (checked,) = lines("backend buurtbode", "default-server")
    assert checked[0] == "check"


def test_telegram_comes_to_its_port_encrypted() -> None:
    ((address, *how),) = lines("frontend world", "bind")
    assert int(address.removeprefix(":")) in {port for port in _TELEGRAM_PORTS if port}
    assert {"ssl", "crt", "ssl-min-ver"} <= set(how)


def test_it_waits_for_answers_as_long_as_a_process_may_take_and_for_requests_no_longer_than_one_would() -> None:
    assert seconds("server") > webhook._PATIENCE_S
    assert seconds("http-request") <= min(web._HEAD_S, web.BODY_S)
    assert ["http-buffer-request"] in lines("defaults", "option"), "else only the head has to be in time"


def test_it_refuses_what_is_larger_than_a_process_takes() -> None:
    (limit,) = lines("frontend world", "http-request", "deny", "deny_status", "413", "if", "{", "req.body_size", "gt")
    assert limit == [str(webhook.LARGEST), "}"]


def test_it_says_who_asks_and_writes_no_address_down() -> None:
    assert lines("frontend world", "http-request", "set-header", "X-Forwarded-For") == [["%[src]"]]
    assert not any("log" in words for section in read().values() for words in section)
