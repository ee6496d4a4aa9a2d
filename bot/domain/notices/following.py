"""Notices for residents who follow a report of somebody else: never its words, never a name of who told it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.notices.base import Notice, notice


@notice
@dataclass(frozen=True)
class FollowedNews(Notice):
    """A followed report was taken (`stamp` 0, once), or closed; `stamp` tells apart the times that it closed."""

    kind: ClassVar[str] = "followed_news"
    once: ClassVar[bool] = True
    report: int
    person: int
    stamp: int


@notice
@dataclass(frozen=True)
class FollowedMerged(Notice):
    """A followed report goes on in another one; `event` is the step that closed it, as it may open again."""

    kind: ClassVar[str] = "followed_merged"
    once: ClassVar[bool] = True
    report: int
    event: int
    person: int


@notice
@dataclass(frozen=True)
class FollowedNoMore(Notice):
    """A followed report was sealed: there will be no news of it; `event` is the step that sealed it."""

    kind: ClassVar[str] = "followed_no_more"
    once: ClassVar[bool] = True
    report: int
    event: int
    person: int
