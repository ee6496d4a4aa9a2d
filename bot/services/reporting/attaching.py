"""The photos, videos and voice messages of a report, by their Telegram file ids."""

from collections.abc import Sequence

from bot.domain.drafts import DraftMedia
from storage.models import Report, ReportMedia
from storage.work import Work


def attach(work: Work, report: Report, media: Sequence[DraftMedia]) -> None:
    """Keep *media*, in this order, with a report that was written to the database."""
    work.session.add_all(
        ReportMedia(
            id=item.id,
            report_id=report.id,
            position=position,
            kind=item.kind,
            file_id=item.file_id,
            file_unique_id=item.unique_id,
        )
        for position, item in enumerate(media)
    )
