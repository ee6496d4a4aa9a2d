"""Rommelroute: the address of a stall, which only the organiser and its own person see until the day."""

from dataclasses import dataclass

from bot import data
from bot.domain.activities.stall_route import FULL_POSTCODE
from bot.domain.activities.stalls import Address, AddressProblem, looks_like_flat, parse_address
from bot.domain.areas import Sure
from bot.domain.geo import Point, metres_between, rounded
from bot.services.town import places
from storage.models import Area, Stall
from storage.work import Work

#: A shared point further than this from the middle of the route's wijk is not somebody's own door.
_FAR_METRES = 4_000.0


@dataclass(frozen=True)
class StallDraft:
    """Where somebody sells, and what: at an address, or on the shared field; `point` is one that was shared."""

    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    shared_field: bool = False
    sells: str | None = None
    point: Point | None = None


def read_address(typed: str) -> Address | AddressProblem:
    """Return the address that *typed* is, or what is wrong with it; a postcode must be one of the town's."""
    return parse_address(typed, data.postcodes())


def is_flat(typed: str) -> bool:
    """Return whether an address speaks of a flat, so that the shared field is offered first."""
    return looks_like_flat(typed)


def at_address(address: Address, sells: str | None) -> StallDraft:
    """Return the stall at somebody's own door."""
    return StallDraft(street=address.street, house_number=address.house, postcode=address.postcode, sells=sells)


def address_line(stall: StallDraft | Stall) -> str | None:
    """Return the address of a stall on one line, for its own person and the organiser; None on the shared field."""
    if stall.shared_field or stall.street is None:
        return None
    return ", ".join(filter(None, [f"{stall.street} {stall.house_number or ''}".strip(), stall.postcode]))


def read_postcode(typed: str) -> str | AddressProblem:
    """Return the whole postcode ("1325 AB") that *typed* is or ends with, or what is wrong with it."""
    found = parse_address(f"straat 1 {typed}", data.postcodes(), needs_postcode=True)
    if isinstance(found, AddressProblem):
        return found if found is AddressProblem.NOT_IN_TOWN else AddressProblem.NO_POSTCODE
    return found.postcode if is_whole(found.postcode) and found.postcode else AddressProblem.NO_POSTCODE


def is_whole(postcode: str | None) -> bool:
    """Return whether a postcode has its letters."""
    return postcode is not None and FULL_POSTCODE.fullmatch(postcode) is not None


def lies_outside(postcode: str, area_code: str | None) -> bool:
    """Return whether no part of the wijk of a route has this postcode."""
    shares = data.postcodes().get(postcode[:4], ())
    return area_code is not None and area_code not in {share.area for share in shares}


async def is_far(work: Work, point: Point, area_code: str | None) -> bool:
    """Return whether a shared point can't be a door on the route of this wijk: somebody was elsewhere."""
    area = None if area_code is None else await work.session.get(Area, area_code)
    if area is not None:
        return metres_between(point, Point(area.lat, area.lon)) > _FAR_METRES
    return (await places.at_point(work, point)).sure is Sure.OUTSIDE


def kept_point(point: Point) -> Point:
    """Return what is kept of a shared location: a point rounded to about 25 m."""
    return rounded(point)


def write(stall: Stall, draft: StallDraft) -> None:
    """Put what was told into the row of a stall."""
    stall.street, stall.house_number, stall.postcode = draft.street, draft.house_number, draft.postcode
    stall.shared_field, stall.sells = draft.shared_field, draft.sells
    stall.lat, stall.lon = (draft.point.lat, draft.point.lon) if draft.point else (None, None)
