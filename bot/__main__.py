"""`python -m bot` is the command `buurtbode`."""

from bot.cli import main

main()
