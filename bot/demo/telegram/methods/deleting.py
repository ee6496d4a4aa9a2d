"""Soon."""

HANDLERS: dict[str, object] = {}
