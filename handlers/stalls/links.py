"""Links of a Rommelroute: into the bot from paper, and from the bot to a map on the internet."""

from urllib.parse import quote

_PREFIX = "route_"


def to_route(bot_username: str, occurrence_id: int) -> str:
    """Return the link that opens the bot at a route, for the QR code."""
    return f"https://t.me/{bot_username}?start={_PREFIX}{occurrence_id}"


def route_of(payload: str) -> int | None:
    """Return the meeting of such a link; None for any other one."""
    number = payload.removeprefix(_PREFIX)
    return (
        int(number)
        if payload.startswith(_PREFIX) and number.isascii() and number.isdecimal() and len(number) < 20
        else None
    )


def to_map(address: str) -> str:
    """Return the link that shows an address of the town on OpenStreetMap; it is asked only when somebody taps it."""
    return f"https://www.openstreetmap.org/search?query={quote(f'{address} Almere')}"
