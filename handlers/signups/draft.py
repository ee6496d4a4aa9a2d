"""The draft of a sign-up with something to tell, and the button of its steps."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.enums import ActivityKind, RoleKey
from bot.domain.geo import Point
from bot.services.activities.signups import Extra
from bot.services.repair_cafe import bringing
from bot.services.repair_cafe.bringing import ItemDraft
from bot.services.rommelroute.stalls import StallDraft
from handlers.buttons import Button, button

#: The name of the conversation in its dialogue row.
ABOUT = "signup"


class Step(StrEnum):
    """A question of the form; the values stand in buttons and are short."""

    NAME = "name"
    ITEM = "item"
    WHICH = "which"
    BRAND = "brand"
    FAULT = "fault"
    SLOT = "slot"
    RULES = "rules"
    WHERE = "where"
    FLAT = "flat"
    POSTCODE = "postcode"
    OUTSIDE = "outside"
    SPOT = "spot"
    SELLS = "sells"
    CHECK = "check"


def asks_more(kind: ActivityKind, role: RoleKey) -> bool:
    """Return whether signing up in this role asks questions."""
    return role is RoleKey.STALL or (kind is ActivityKind.REPAIR_CAFE and role is RoleKey.VISITOR)


def first_step(role: RoleKey) -> Step:
    """Return the first of these questions."""
    return Step.WHERE if role is RoleKey.STALL else Step.ITEM


@button("au")
@dataclass(frozen=True)
class FormAnswer(Button):
    """An answer to one step of one draft; what it may say is judged by that step's page."""

    draft: int
    step: Step
    value: str


class SignupDraft(BaseModel):
    """All answers so far; `slot_at` in seconds since 1970, None walks in; `trail` the steps that were answered.

    `lat`, `lon` are a shared point; `location_key` says that the key for sharing one stands on top of the menu.
    `signup` is the stall's own sign-up while it is moved, `signup_version` as it was then.
    `guest`: this is about somebody without Telegram, whose first name is `for_name`; there is nothing more to ask
    unless `asks_more`.
    """

    model_config = ConfigDict(extra="forbid")

    occurrence: int
    version: int
    role: RoleKey
    asks_more: bool = True
    guest: bool = False
    for_name: str = ""
    item: str | None = None
    typed: str = ""
    candidates: list[str] = Field(default_factory=list)
    brand: str | None = None
    fault: str | None = None
    photo: str | None = None
    slot_at: int | None = None
    rules_accepted: bool = False
    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    shared_field: bool = False
    sells: str | None = None
    lat: float | None = None
    lon: float | None = None
    location_key: bool = False
    signup: int | None = None
    signup_version: int = 0
    trail: list[Step] = Field(default_factory=list)

    def stall(self) -> StallDraft:
        """Return the stall as it was told."""
        if self.shared_field:
            return StallDraft(shared_field=True, sells=self.sells)
        point = None if self.lat is None or self.lon is None else Point(self.lat, self.lon)
        return StallDraft(self.street, self.house_number, self.postcode, sells=self.sells, point=point)

    def extra(self) -> Extra:
        """Return what the sign-up holds beside the place itself."""
        if not self.asks_more:
            return Extra()
        if self.role is RoleKey.STALL:
            return Extra(stall=self.stall())
        known = bringing.known(self.item or "")
        item = ItemDraft(
            item_type=self.item or "",
            category=known.category if known else None,
            skill=known.skill if known else None,
            brand=self.brand,
            fault=self.fault,
            photo=self.photo,
        )
        slot = None if self.slot_at is None else datetime.fromtimestamp(self.slot_at, UTC)
        return Extra(slot_at=slot, item=item)
