"""One clock for everything that may not be kept: the rules erase a chunk at a time, until nothing is left to erase."""

from bot.services.desk import erasing
from storage.queries import retention
from storage.queries.retention import reports
from storage.work import Work


async def erase_some(work: Work) -> dict[str, int]:
    """Erase a chunk by the first rule that has something to erase; return how many rows each rule touched.

    One rule's chunk is all that one transaction takes: others wait for it. All 0: done. What stands on screens
    about reports that lost something is drawn again, without it.
    """
    touched = dict.fromkeys(retention.RULES, 0)
    losing = await reports.losing(work.session, work.now)
    for name, rule in retention.RULES.items():
        touched[name] = await rule(work.session, work.now)
        if touched[name]:
            break
    if touched["reports"]:
        await erasing.lost(work, losing)
    return touched
