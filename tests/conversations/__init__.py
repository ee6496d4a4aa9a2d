"""Conversations from the first word to the last, with the real bot and the stand-in."""
