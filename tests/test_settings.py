"""Settings: read once, checked whole, and told about in `.env.example`."""

import re
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, SettingsError, read

EXAMPLE = Path(__file__).resolve().parents[1] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_the_example_names_every_setting_and_shows_its_default() -> None:
    shown = dict(re.findall(rf"^#? ?{PREFIX}([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert shown == {name: "" if value is None else str(value) for name, value in defaults.items()}


def test_a_copied_example_works_once_it_has_a_token(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text())
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN is missing"):
        read().token()
    (tmp_path / ".env").write_text(EXAMPLE.read_text().replace("TOKEN=", "TOKEN=123:abc"))
    assert read().token() == "123:abc"


def test_the_environment_wins_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"{PREFIX}LOG_LEVEL=ERROR\n{PREFIX}TIMEZONE=Europe/Brussels\n")
    monkeypatch.setenv(f"{PREFIX}LOG_LEVEL", "DEBUG")
    settings = read()
    assert (settings.log_level, settings.timezone) == ("DEBUG", "Europe/Brussels")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIMEZONE", "Mars/Olympus"),
        ("LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("DATABASE_URL", "postgresql+asyncpg://jan:geheim@host:port/town"),
        ("DATABASE_URL", "postgresql+asyncpg://jan:geheim@host"),
        ("TELEGRAM_TOKEN", "123:abc def"),
        ("TELEGRAM_TOKEN", "https://t.me/x"),
        ("TELEGRAM_API_URL", "not an address"),
        ("LIMIT_OVERALL", "30"),
        ("LIMIT_GROUP", "0/60"),
        ("LIMIT_PRIVATE", "3/0"),
        ("SMTP_PORT", "70000"),
        ("SMTP_FROM", "no address"),
        ("WEB_URL", "http://bode.example.org"),
        ("WEB_URL", "https://bode.example.org/?x=1"),
        ("WEB_URL", "https://jan@bode.example.org"),
        ("WEB_URL", "bode.example.org"),
        ("WEB_PORT", "0"),
        ("SMTP_REPLY_TO", "a@b.nl>\r\nBcc: <c@d.nl"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        read()
    assert caught.value.problems[0].startswith(f"{PREFIX}{name}: ")
    assert value not in str(caught.value).replace(f"{PREFIX}{name}", "") or value.isdigit()


def test_spaces_around_the_token_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", " 123:abc-DEF_1\n")
    assert read().token() == "123:abc-DEF_1"
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "  ")
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN is missing"):
        read().token()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////var/lib/buurtbode/town.db",
        "postgresql+asyncpg://jan:ge%40heim@host:5432/town",
        "postgresql+asyncpg://postgres@/town?host=/run/postgresql",
    ],
)
def test_addresses_of_databases(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", url)
    assert read().database_url == url


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"BUURTBODE_TIMEZONE=\xff\xfe")
    with pytest.raises(SettingsError, match=r"the file \.env is not text in UTF-8"):
        read()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://bode.example.org/", "https://bode.example.org"),
        ("https://example.org/bode", "https://example.org/bode"),
        ("http://127.0.0.1:8090", "http://127.0.0.1:8090"),
    ],
)
def test_the_address_on_the_web(monkeypatch: pytest.MonkeyPatch, url: str, kept: str) -> None:
    assert read().web_url is None
    monkeypatch.setenv(f"{PREFIX}WEB_URL", url)
    assert (read().web_url, read().web_host, read().web_port) == (kept, "127.0.0.1", 8090)


def test_the_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}TELEGRAM_TOKEN", "123:secret")
    assert "secret" not in repr(read())


def test_half_a_mail_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read().mail_sender() is None
    monkeypatch.setenv(f"{PREFIX}SMTP_HOST", "mail.example.org")
    with pytest.raises(SettingsError, match="SMTP_FROM is missing"):
        read().mail_sender()
    monkeypatch.setenv(f"{PREFIX}SMTP_FROM", "buurtbode@example.org")
    assert read().mail_sender() == "buurtbode@example.org"
    monkeypatch.setenv(f"{PREFIX}SMTP_USER", "buurtbode")
    with pytest.raises(SettingsError, match="SMTP_PASSWORD"):
        read().mail_sender()
    monkeypatch.setenv(f"{PREFIX}SMTP_PASSWORD", "secret")
    assert read().mail_sender() == "buurtbode@example.org"
    assert "secret" not in repr(read())


@pytest.mark.parametrize(
    ("url", "api_url", "refused"),
    [
        (None, None, "WEB_URL is missing"),
        ("http://127.0.0.1:8090", None, "https:// addresses with port 443, 80, 88 or 8443"),
        ("https://bode.example.org:8090", None, "https:// addresses with port 443, 80, 88 or 8443"),
        ("https://bode.example.org", None, None),
        ("https://bode.example.org:8443/bode", None, None),
        ("http://127.0.0.1:8090", "http://127.0.0.1:8081", None),
    ],
)
def test_a_webhook_needs_an_address_that_telegram_reaches(
    monkeypatch: pytest.MonkeyPatch, url: str | None, api_url: str | None, refused: str | None
) -> None:
    for name, value in (("WEB_URL", url), ("TELEGRAM_API_URL", api_url)):
        if value is not None:
            monkeypatch.setenv(PREFIX + name, value)
    read().check_webhook()  # none is wanted
    monkeypatch.setenv(f"{PREFIX}WEBHOOK", "True")
    if refused is None:
        read().check_webhook()
    else:
        with pytest.raises(SettingsError, match=refused):
            read().check_webhook()


def test_one_process_serves_an_sqlite_file_and_only_a_webhook_has_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    read().check_role("all")
    for role in ("web", "worker"):
        with pytest.raises(SettingsError, match=f"--role {role} needs PostgreSQL"):
            read().check_role(role)
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "postgresql+asyncpg://jan@localhost/town")
    read().check_role("worker")
    with pytest.raises(SettingsError, match="WEBHOOK=True"):
        read().check_role("web")
    monkeypatch.setenv(f"{PREFIX}WEBHOOK", "True")
    read().check_role("web")
