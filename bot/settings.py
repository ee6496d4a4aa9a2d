"""All settings: from the environment or the file `.env`, with the prefix `BUURTBODE_`; read once, by the command."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BUURTBODE_"
#: Where Telegram brings updates to; None: the address names no port.
_TELEGRAM_PORTS = frozenset({None, 443, 80, 88, 8443})


class SettingsError(Exception):
    """A setting is missing or wrong; `problems` has a line for each, without its value."""

    def __init__(self, problems: list[str]) -> None:
        """Hold the lines."""
        super().__init__("\n".join(problems))
        self.problems = problems


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("not a time zone like Europe/Amsterdam") from error
    return name


def _url(text: str) -> str:
    TypeAdapter(HttpUrl).validate_python(text)
    return text.rstrip("/")


def _web_url(text: str) -> str:
    address = urlsplit(_url(text))
    if address.scheme != "https" and address.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("links with a secret in them must begin with https://")
    if address.query or address.fragment or address.username:
        raise ValueError("not a plain address like https://bot.example.org")
    return text.rstrip("/")


def _address(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and host) or "@" in host or not text.isprintable() or set(text) & set(' <>,;"()'):
        raise ValueError("not an e-mail address")
    return text


def _database(text: str) -> str:
    if re.fullmatch(r"sqlite\+aiosqlite:///(?!:memory:).+", text):
        return text
    parts = urlsplit(text)
    # Reading the port raises ValueError when it is no number.
    if parts.scheme != "postgresql+asyncpg" or not parts.path.strip("/") or parts.port == 0:
        raise ValueError("not like sqlite+aiosqlite:///file or postgresql+asyncpg://name:password@host/database")
    return text


def _limit(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d*/[1-9]\d*(\.\d+)?", text):
        raise ValueError("not a number of messages and of seconds like 30/1")
    return text


def _token(secret: SecretStr) -> SecretStr:
    token = secret.get_secret_value().strip()
    if not re.fullmatch(r"[\w:-]*", token, re.ASCII):
        raise ValueError("not a token of @BotFather, which looks like 123456:ABC-def")
    return SecretStr(token)


Zone = Annotated[str, AfterValidator(_zone)]
Url = Annotated[str, AfterValidator(_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Token = Annotated[SecretStr, AfterValidator(_token)]
WebUrl = Annotated[str, AfterValidator(_web_url)]
Address = Annotated[str, AfterValidator(_address)]
#: A number of messages in any so many seconds, as in "30/1".
Limit = Annotated[str, AfterValidator(_limit)]


class Settings(BaseSettings):
    """The settings of one process; `.env.example` tells what each is for."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_token: Token | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    database_url: DatabaseUrl = "sqlite+aiosqlite:///buurtbode.db"
    timezone: Zone = "Europe/Amsterdam"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    limit_overall: Limit = "30/1"
    limit_private: Limit = "3/3"
    limit_group: Limit = "20/60"
    smtp_host: str | None = None
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: Address | None = None
    smtp_reply_to: Address | None = None
    smtp_starttls: bool = True
    web_url: WebUrl | None = None
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=1, le=65535)] = 8090
    web_monitor: bool = False
    webhook: bool = False

    def mail_sender(self) -> str | None:
        """Return the address that mail comes from, None when e-mail is not set up; SettingsError for half of it."""
        if self.smtp_host is None:
            return None
        if self.smtp_from is None:
            raise SettingsError([f"{PREFIX}SMTP_FROM is missing: the address that mail to partners comes from"])
        if (self.smtp_user is None) is not (self.smtp_password is None):
            raise SettingsError([f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD belong together: one is missing"])
        return self.smtp_from

    def check_webhook(self) -> None:
        """Do nothing when Telegram can reach the webhook, or none is wanted; else SettingsError."""
        if not self.webhook:
            return
        if self.web_url is None:
            raise SettingsError([f"{PREFIX}WEB_URL is missing: the address that Telegram brings updates to"])
        address = urlsplit(self.web_url)
        ours = self.telegram_api_url != type(self).model_fields["telegram_api_url"].default
        if not ours and (address.scheme != "https" or address.port not in _TELEGRAM_PORTS):
            raise SettingsError(
                [f"{PREFIX}WEB_URL: Telegram brings updates to https:// addresses with port 443, 80, 88 or 8443 only"]
            )

    def check_role(self, role: str) -> None:
        """Do nothing when a process may have this role (all, web or worker) with these settings; else SettingsError."""
        if role == "all":
            return
        if self.database_url.startswith("sqlite"):
            raise SettingsError(
                [f"--role {role} needs PostgreSQL: an SQLite file is served by one process (--role all)"]
            )
        if role == "web" and not self.webhook:
            raise SettingsError([f"--role web takes in what Telegram brings: it needs {PREFIX}WEBHOOK=True"])

    def token(self) -> str:
        """Return the bot's token; SettingsError when there is none."""
        token = self.telegram_token.get_secret_value() if self.telegram_token else ""
        if not token:
            raise SettingsError([f"{PREFIX}TELEGRAM_TOKEN is missing: put the token of @BotFather in .env"])
        return token


def checked_database_url(text: str, *, name: str) -> str:
    """Return *text* when it is the URL of a database; SettingsError in the name of *name* when it is not."""
    try:
        return TypeAdapter(DatabaseUrl).validate_python(text)
    except ValidationError as error:
        words = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise SettingsError([f"{name}: {words}"]) from None


def read() -> Settings:
    """Return the settings; SettingsError names every wrong one, but no values, since one may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        told = ((str(one["loc"][0]).upper(), one["msg"].removeprefix("Value error, ")) for one in error.errors())
        raise SettingsError([f"{PREFIX}{name}: {words}" for name, words in told]) from None
    except UnicodeDecodeError:
        raise SettingsError(["the file .env is not text in UTF-8"]) from None
    except OSError as error:
        raise SettingsError([f"the file .env can't be read: {error.strerror}"]) from None
