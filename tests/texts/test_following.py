"""What followers of a report hear when it ends."""

from zoneinfo import ZoneInfo

from bot.domain.enums import CloseReason, Language
from bot.texts import Translator, merging


def test_followers_do_not_hear_that_all_is_done_when_a_report_only_stood_still() -> None:
    t = Translator(Language.DUTCH, ZoneInfo("Europe/Amsterdam"))
    told = merging.news_closed(t, number="M-2026-0001", reason=CloseReason.NO_MOVEMENT)
    assert told.endswith("Wij zijn ermee gestopt. Is het er nog? Meld het dan zelf.")
