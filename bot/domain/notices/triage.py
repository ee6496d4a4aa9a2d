"""Notices of triage: the cards of a report, what goes to its resident, and what staff are told."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.enums import Priority
from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class ReportCard(Notice):
    """The one card of a report in its desk's group, edited in place; sealed is decided when it is drawn."""

    kind: ClassVar[str] = "report_card"
    burst: ClassVar[bool] = True
    report: int
    desk: int

    @property
    def key(self) -> str:
        """One card per report and desk, whatever menu it shows."""
        return f"card:{self.report}:{self.desk}"


@notice
@dataclass(frozen=True)
class CardMenu(ReportCard):
    """The same card with a menu opened under it (*Meer…*, themes, reasons …) until the next change."""

    kind: ClassVar[str] = "card_menu"
    burst: ClassVar[bool] = False
    menu: str


@notice
@dataclass(frozen=True)
class CardMedia(Notice):
    """Photos and videos of an open report below its card; taken away when it is sealed or goes elsewhere."""

    kind: ClassVar[str] = "card_media"
    report: int
    desk: int


@notice
@dataclass(frozen=True)
class ResidentWords(Notice):
    """What a resident said later about an open report, below its card; taken away as `CardMedia`."""

    kind: ClassVar[str] = "resident_words"
    report: int
    message: int
    desk: int


@notice
@dataclass(frozen=True)
class PrivateCard(Notice):
    """A report opened in a worker's private chat; only for who may open it at the moment of drawing."""

    kind: ClassVar[str] = "private_card"
    report: int
    person: int

    @property
    def key(self) -> str:
        """One private card per report and worker, whatever menu it shows."""
        return f"private_card:{self.report}:{self.person}"


@notice
@dataclass(frozen=True)
class PrivateCardAnew(PrivateCard):
    """The same card shown below in the chat, because the worker opened it (again)."""

    kind: ClassVar[str] = "private_card_anew"
    priority: ClassVar[Priority] = Priority.ANSWER
    resend: ClassVar[bool] = True


@notice
@dataclass(frozen=True)
class PrivateMenu(PrivateCard):
    """The same card with a menu opened under it."""

    kind: ClassVar[str] = "private_menu"
    priority: ClassVar[Priority] = Priority.ANSWER
    menu: str


@notice
@dataclass(frozen=True)
class PrivateWords(Notice):
    """What a resident said later about a report, to one worker; `asked` is 0, or tells apart when they asked for it."""

    kind: ClassVar[str] = "private_words"
    report: int
    message: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class PrivateText(Notice):
    """The whole text of a report for one worker in private, who asked for it."""

    kind: ClassVar[str] = "private_text"
    report: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class PrivateMedia(Notice):
    """One file of a report for one worker in private, who asked for it."""

    kind: ClassVar[str] = "private_media"
    report: int
    media: int
    person: int
    asked: int


@notice
@dataclass(frozen=True)
class ForgetPrivate(Notice):
    """A day later: what a worker asked for goes from the private chat. `shown` is the key of its row.

    Who asks for the same again has it for another day.
    """

    kind: ClassVar[str] = "forget_private"
    report: int
    shown: str

    @property
    def key(self) -> str:
        """One per message."""
        return f"forget:{self.shown}"


@notice
@dataclass(frozen=True)
class ToResident(Notice):
    """A worker's answer or question to the resident (of a sealed report: only that there is one)."""

    kind: ClassVar[str] = "to_resident"
    once: ClassVar[bool] = True
    report: int
    message: int


@notice
@dataclass(frozen=True)
class ClosingToResident(Notice):
    """The report is closed, and why; `event` is the step in its history, as it may close more than once."""

    kind: ClassVar[str] = "closing_to_resident"
    once: ClassVar[bool] = True
    report: int
    event: int


@notice
@dataclass(frozen=True)
class NothingSent(Notice):
    """ "Nog niets verstuurd over 0042.": an answer was begun and not sent."""

    kind: ClassVar[str] = "nothing_sent"
    once: ClassVar[bool] = True
    report: int
    draft: int
    person: int


@notice
@dataclass(frozen=True)
class DangerPing(Notice):
    """⚠: the desk's contact is named in the group, within desk hours.

    `again`, here and below, is the step with which its holder lost the role: everybody is called once more.
    """

    kind: ClassVar[str] = "danger_ping"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    report: int
    desk: int
    again: int = 0


@notice
@dataclass(frozen=True)
class DangerAlarm(Notice):
    """⚠ not opened within one working hour: the whole desk is named in the group."""

    kind: ClassVar[str] = "danger_alarm"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    report: int
    desk: int
    again: int = 0


@notice
@dataclass(frozen=True)
class DangerToSafety(Notice):
    """⚠ not opened within one working hour: the safety officer hears it in private."""

    kind: ClassVar[str] = "danger_to_safety"
    priority: ClassVar[Priority] = Priority.ANSWER
    once: ClassVar[bool] = True
    report: int
    desk: int
    person: int
    again: int = 0


@notice
@dataclass(frozen=True)
class TakenOver(Notice):
    """The old holder is told in private who has the report now; `event` is the step in its history."""

    kind: ClassVar[str] = "taken_over"
    once: ClassVar[bool] = True
    report: int
    event: int
    person: int
    by: int


@notice
@dataclass(frozen=True)
class ChangedHands(Notice):
    """The same in the group, for an old or new holder whom the bot can't write to."""

    kind: ClassVar[str] = "changed_hands"
    once: ClassVar[bool] = True
    report: int
    event: int
    desk: int
    person: int
    by: int


@notice
@dataclass(frozen=True)
class Unopened(Notice):
    """In the group, without content: something about a report waits in private for somebody unreachable.

    `message` is what the resident said, or the step in the report's history that they must hear of.
    """

    kind: ClassVar[str] = "unopened"
    once: ClassVar[bool] = True
    report: int
    desk: int
    person: int
    message: int


@notice
@dataclass(frozen=True)
class RemoveMessage(Notice):
    """A worker's own answer, typed as a reply in the group, is taken away there."""

    kind: ClassVar[str] = "remove_message"
    once: ClassVar[bool] = True
    report: int
    chat: int
    message: int


@notice
@dataclass(frozen=True)
class PromptGone(Notice):
    """A private chat: what showed something of a report (or of the meeting with this id) is taken away (`message`)."""

    kind: ClassVar[str] = "prompt_gone"
    once: ClassVar[bool] = True
    report: int
    person: int
    message: int


#: What a worker has of a report in private for as long as it tells something: cards, and words that came later.
PRIVATE_CARDS = (PrivateCard.kind, PrivateCardAnew.kind, PrivateMenu.kind)
PRIVATE_COPIES = (*PRIVATE_CARDS, PrivateWords.kind)
