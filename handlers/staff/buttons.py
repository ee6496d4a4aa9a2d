"""The buttons of cards, in the group and in private. They carry ids and the report's version, never words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.enums import CloseReason, Kind, Theme
from handlers.buttons import Button, button


class Menu(StrEnum):
    """What stands under a card."""

    CARD = "card"
    MORE = "more"
    CORRECT = "correct"
    KIND = "kind"
    THEME = "theme"
    REGION = "region"
    CLOSE = "close"
    HAND = "hand"
    WHY = "why"
    PHOTOS = "photos"
    BLOCK = "block"
    MERGE = "merge"


#: A menu of the wijken of one region: its name with the region's position.
AREA = "area"


@button("tk")
@dataclass(frozen=True)
class Take(Button):
    """*Ik pak het op*."""

    report: int
    version: int


@button("tm")
@dataclass(frozen=True)
class ShowMenu(Button):
    """*Meer…*, *Terug* and everything between."""

    report: int
    version: int
    menu: Menu


@button("tmr")
@dataclass(frozen=True)
class PickRegion(Button):
    """The region whose wijken to choose from, by its position among all regions."""

    report: int
    version: int
    region: int


@button("tmh")
@dataclass(frozen=True)
class TurnColleagues(Button):
    """Another page of colleagues to hand it to."""

    report: int
    version: int
    start: int


@button("to")
@dataclass(frozen=True)
class Open(Button):
    """*Openen*: read the report in private."""

    report: int


@button("tf")
@dataclass(frozen=True)
class Files(Button):
    """*Hele tekst en bestanden*, in private, for a day."""

    report: int


@button("tx")
@dataclass(frozen=True)
class PhotoAway(Button):
    """*Foto weg*: a photo or video of the report with people or number plates on it."""

    report: int
    version: int
    media: int


@button("tb")
@dataclass(frozen=True)
class Block(Button):
    """*Blokkeren* of the report's resident, or *Deblokkeren*."""

    report: int
    version: int
    on: bool


@button("tl")
@dataclass(frozen=True)
class PassedOnAll(Button):
    """*Doorgegeven*: all that stands on the desk's list, as `mark` tells it from any other list."""

    desk: int
    mark: int


@button("ta")
@dataclass(frozen=True)
class WriteAnswer(Button):
    """*Antwoord*."""

    report: int
    version: int


@button("tq")
@dataclass(frozen=True)
class WriteQuestion(Button):
    """*Vraag stellen*."""

    report: int
    version: int


@button("tn")
@dataclass(frozen=True)
class WriteNote(Button):
    """*Notitie*."""

    report: int


@button("pf")
@dataclass(frozen=True)
class Forward(Button):
    """*Doorzetten*: pass it on to a partner."""

    report: int
    version: int


@button("pl")
@dataclass(frozen=True)
class WritePublic(Button):
    """*Openbare regel*: what exports may say about the report."""

    report: int


@button("tc")
@dataclass(frozen=True)
class CloseAs(Button):
    """A reason of *Afronden*."""

    report: int
    version: int
    reason: CloseReason


@button("tv")
@dataclass(frozen=True)
class TakeOver(Button):
    """*Overnemen*."""

    report: int
    version: int


@button("chl")
@dataclass(frozen=True)
class TakeLate(Button):
    """*Overnemen* of a report that waits too long, as long as `holder` (None: nobody) still has it."""

    report: int
    holder: int | None


@button("th")
@dataclass(frozen=True)
class HandTo(Button):
    """A colleague of *Overdragen*."""

    report: int
    version: int
    person: int


@button("tg")
@dataclass(frozen=True)
class MergeInto(Button):
    """*Samenvoegen* with a likely report."""

    report: int
    version: int
    into: int


@button("tgn")
@dataclass(frozen=True)
class MergeNumber(Button):
    """*Samenvoegen* with a report whose number is written in private."""

    report: int
    version: int


@button("tgg")
@dataclass(frozen=True)
class GroupWith(Button):
    """*Groeperen* with a likely report: both stay open, and neighbours may follow."""

    report: int
    version: int
    other: int


@button("tgu")
@dataclass(frozen=True)
class Ungroup(Button):
    """*Uit de groep*."""

    report: int
    version: int


@button("tsk")
@dataclass(frozen=True)
class SetKind(Button):
    """Another kind."""

    report: int
    version: int
    kind: Kind


@button("tst")
@dataclass(frozen=True)
class SetTheme(Button):
    """Another theme."""

    report: int
    version: int
    theme: Theme


@button("tsa")
@dataclass(frozen=True)
class SetArea(Button):
    """Another wijk, by its code; `NOWHERE` for outside or unknown."""

    report: int
    version: int
    area: str


@button("tz")
@dataclass(frozen=True)
class Meldcode(Button):
    """*Zorgen om veiligheid?*: the five steps of the meldcode, in private."""

    report: int
