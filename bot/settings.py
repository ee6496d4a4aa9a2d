"""All settings: from the environment or the file `.env`, with the prefix `BUURTBODE_`; read once, by the command."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, HttpUrl, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BUURTBODE_"


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


Zone = Annotated[str, AfterValidator(_zone)]
Url = Annotated[str, AfterValidator(_url)]
#: A number of messages in any so many seconds, as in "30/1".
Limit = Annotated[str, Field(pattern=r"^[1-9]\d*/[1-9]\d*(\.\d+)?$")]


class Settings(BaseSettings):
    """The settings of one process; `.env.example` tells what each is for."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_token: SecretStr | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    database_url: Annotated[str, Field(pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://")] = (
        "sqlite+aiosqlite:///buurtbode.db"
    )
    timezone: Zone = "Europe/Amsterdam"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"
    limit_overall: Limit = "30/1"
    limit_private: Limit = "3/3"
    limit_group: Limit = "20/60"

    def token(self) -> str:
        """Return the bot's token; SettingsError when there is none."""
        if self.telegram_token is None:
            raise SettingsError([f"{PREFIX}TELEGRAM_TOKEN is missing: put the token of @BotFather in .env"])
        return self.telegram_token.get_secret_value()


def read() -> Settings:
    """Return the settings; SettingsError names every wrong one, but no values, since one may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"{PREFIX}{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()]
        raise SettingsError(problems) from None
