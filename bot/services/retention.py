"""One clock for everything that may not be kept: the rules erase a chunk at a time, until nothing is left to erase."""

from collections.abc import Awaitable, Callable, Sequence

from bot.services.activities import forgetting
from bot.services.desk import erasing
from storage.queries import retention
from storage.queries.retention.chunks import Lost
from storage.work import Work

#: What is done, by rule, about what still stands on screens of the reports or meetings that lost something.
_FOLLOW: dict[str, Callable[[Work, Sequence[int]], Awaitable[None]]] = {
    "reports": erasing.lost,
    "signups": forgetting.people_gone,
    "rounds": forgetting.walkers_gone,
}


async def erase_some(work: Work) -> dict[str, int]:
    """Erase a chunk by the first rule that has something to erase; return how many rows each rule touched.

    One rule's chunk is all that one transaction takes: others wait for it. All 0: done. What stands on screens of
    what is erased is drawn again without it, or goes.
    """
    touched = dict.fromkeys(retention.RULES, 0)
    for name, rule in retention.RULES.items():
        erased = await rule(work.session, work.now)
        if isinstance(erased, Lost):
            touched[name] = erased.rows
            if erased.about:
                await _FOLLOW[name](work, erased.about)
        else:
            touched[name] = erased
        if touched[name]:
            break
    return touched
