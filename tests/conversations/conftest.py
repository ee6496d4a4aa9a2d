"""Fixtures of conversations."""

from tests.conversations.patrolling import team

__all__ = ["team"]
