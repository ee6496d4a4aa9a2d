"""*Samenvoegen* by number: which report is meant, and how it went."""

from bot.services import triage
from bot.services.triage import Merged
from bot.texts import merging as texts
from handlers.context import Ctx
from handlers.staff import pages
from handlers.staff.drafts import Writing
from handlers.staff.private import private_t
from storage.models import Report


async def hear_number(context: Ctx, draft: Writing) -> str | None:
    """Find the report that was named; return what stands in the way, or None when `draft.into` is set."""
    found = await pages.report_named(context, draft.text)
    report = await context.work.session.get(Report, draft.report)
    if report is None or found is None:
        return texts.barred(private_t(context), triage.Bar.GONE)
    bar = await triage.may_merge(context.work, report, found, context.person.id)
    if bar is not None:
        return texts.barred(private_t(context), bar)
    draft.into, draft.text = found.id, pages.number_of(found)
    return None


def how_it_went(context: Ctx, done: Merged) -> str:
    """Return what to say after *Samenvoegen*."""
    if done.bar is not None:
        return texts.barred(context.t, done.bar)
    if not done.outcome.done:
        return pages.refused(context, done.outcome)
    return texts.merged(context.t, number=pages.number_of(done.outcome.report), into=pages.number_of(done.into))
