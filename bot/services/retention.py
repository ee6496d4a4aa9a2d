"""One clock for everything that may not be kept: the rules erase a chunk at a time, until nothing is left to erase."""

from storage.queries import retention
from storage.work import Work


async def erase_some(work: Work) -> dict[str, int]:
    """Erase a chunk by the first rule that has something to erase; return how many rows each rule touched.

    One rule's chunk is all that one transaction takes: others wait for it. All 0: done.
    """
    touched = dict.fromkeys(retention.RULES, 0)
    for name, rule in retention.RULES.items():
        touched[name] = await rule(work.session, work.now)
        if touched[name]:
            break
    return touched
