"""Rommelroute: the address of a stall, which only the organiser and its own person see."""

from dataclasses import dataclass

from bot import data
from bot.domain.stalls import Address, AddressProblem, looks_like_flat, parse_address
from storage.models import Stall


@dataclass(frozen=True)
class StallDraft:
    """Where somebody sells, and what: at an address, or on the shared field."""

    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    shared_field: bool = False
    sells: str | None = None


def read_address(typed: str) -> Address | AddressProblem:
    """Return the address that *typed* is, or what is wrong with it; a postcode must be one of the town's."""
    return parse_address(typed, data.postcodes())


def is_flat(typed: str) -> bool:
    """Return whether an address speaks of a flat, so that the shared field is offered first."""
    return looks_like_flat(typed)


def at_address(address: Address, sells: str | None) -> StallDraft:
    """Return the stall at somebody's own door."""
    number = str(Address("", address.number, address.addition)).strip()
    return StallDraft(street=address.street, house_number=number, postcode=address.postcode, sells=sells)


def on_shared_field(sells: str | None) -> StallDraft:
    """Return a spot on the shared field, for people in flats."""
    return StallDraft(shared_field=True, sells=sells)


def address_line(stall: StallDraft | Stall) -> str | None:
    """Return the address of a stall on one line, for its own person and the organiser; None on the shared field."""
    if stall.shared_field or stall.street is None:
        return None
    return ", ".join(filter(None, [f"{stall.street} {stall.house_number or ''}".strip(), stall.postcode]))
