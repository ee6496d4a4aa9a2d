"""One clock for everything that may not be kept: the rules erase a chunk at a time, until nothing is left to erase."""

from bot.domain.enums import Priority
from storage.queries import retention, sending
from storage.queries.retention import reports
from storage.work import Work


async def erase_some(work: Work) -> dict[str, int]:
    """Erase a chunk by the first rule that has something to erase; return how many rows each rule touched.

    One rule's chunk is all that one transaction takes: others wait for it. All 0: done. What stands in groups about
    reports that lost something is drawn again, without it.
    """
    touched = dict.fromkeys(retention.RULES, 0)
    losing = await reports.losing(work.session, work.now)
    for name, rule in retention.RULES.items():
        touched[name] = await rule(work.session, work.now)
        if touched[name]:
            break
    if touched["reports"] and (shown := await reports.still_shown(work.session, losing)):
        # Nobody waits for it.
        work.written += await sending.again(work.session, shown, priority=Priority.ANNOUNCEMENT)
    return touched
