"""The command `buurtbode`."""


def main() -> None:
    """Run the command line."""
    raise SystemExit("buurtbode: there is no command yet")
