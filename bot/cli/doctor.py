"""`buurtbode doctor`: one line for everything that the bot needs, and what to do about what is wrong."""

from typing import TYPE_CHECKING

import typer

from bot.cli.common import do, mail_server, read_settings
from bot.settings import SettingsError

if TYPE_CHECKING:
    from bot.runtime.doctor import Patient
    from bot.runtime.mailing import MailServer
    from bot.settings import Settings


def doctor() -> None:
    """Check token, webhook, groups, database, tables, clock and mail; the code is 1 when something is wrong."""
    raise typer.Exit(int(do(_examine(_patient(read_settings())))))


def _patient(settings: "Settings") -> "Patient":
    from bot.runtime.doctor import Patient

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    mail: MailServer | str | None
    try:
        mail = mail_server(settings)
    except SettingsError as error:
        mail = "; ".join(error.problems)
    wrong = None
    try:
        settings.check_webhook()
    except SettingsError as error:
        wrong = "; ".join(error.problems)
    webhook = settings.web_url if settings.webhook else None
    return Patient(token, settings.telegram_api_url, settings.database_url, mail, webhook, wrong)


async def _examine(patient: "Patient") -> bool:
    """Write the findings as they come; return whether something is wrong."""
    from bot.runtime.doctor import Grade, examine

    wrong = False
    async for finding in examine(patient):
        typer.echo(str(finding))
        wrong = wrong or finding.grade is Grade.WRONG
    return wrong
