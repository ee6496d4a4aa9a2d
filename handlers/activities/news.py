"""⚙️ Instellingen, *Nieuws over activiteiten*: which news somebody wants, per wijk and kind, and nothing by default."""

from dataclasses import dataclass

from telegram import Update

from bot.domain.areas import regions
from bot.domain.enums import ActivityKind
from bot.services.activities import news
from bot.services.town import places
from bot.texts import activities as activity_texts
from bot.texts import news as texts
from bot.texts import start as start_texts
from handlers.activities.listing import in_pairs, understand_names
from handlers.activities.news_buttons import OpenNews
from handlers.activities.private import on_private
from handlers.buttons import Button, button
from handlers.context import Ctx, keys
from handlers.routes import Route
from handlers.settings import OpenSettings
from storage.queries import town

Row = tuple[str, Button] | list[tuple[str, Button]]


@button("nwr")
@dataclass(frozen=True)
class NewsRegion(Button):
    """Choose another wijk: None shows the parts of town."""

    region: int | None = None


@button("nwt")
@dataclass(frozen=True)
class WantNews(Button):
    """News of a kind in a wijk on or off."""

    area: str
    kind: ActivityKind
    wanted: bool


@button("nwx")
@dataclass(frozen=True)
class NoNews(Button):
    """Withdraw everything."""


async def on_open(_update: Update, context: Ctx, pressed: OpenNews) -> None:
    """Show what somebody chose, with the choices for a wijk."""
    await _show(context, pressed.area or context.person.area_code)


async def on_want(_update: Update, context: Ctx, pressed: WantNews) -> None:
    """Note that somebody wants news, or not any more."""
    noted = await news.choose(context.work, context.person, pressed.area, pressed.kind, wanted=pressed.wanted)
    await _show(context, pressed.area, above="" if noted else texts.enough(context.t, most=news.MOST))


async def on_none(_update: Update, context: Ctx, _pressed: NoNews) -> None:
    """Forget all of it."""
    await news.withdraw(context.work, context.person)
    await _show(context, context.person.area_code)


async def _show(context: Ctx, area_code: str | None, *, above: str = "") -> None:
    t = context.t
    found = await news.wishes(context.work, context.person)
    area = await town.area(context.work.session, area_code)
    rows: list[Row] = []
    wanted = {(wish.area_code, wish.kind) for wish, _area in found}
    if area is not None:
        for kind in news.KINDS:
            on = (area.code, kind) in wanted
            rows.append((texts.toggle_key(t, kind, area=area.name, on=on), WantNews(area.code, kind, not on)))
    rows += [
        (texts.toggle_key(t, wish.kind, area=place.name, on=True), WantNews(place.code, wish.kind, wanted=False))
        for wish, place in found
        if area is None or place.code != area.code
    ]
    rows.append((activity_texts.other_area_key(t), NewsRegion()))
    if found:
        rows.append((texts.off_key(t), NoNews()))
    rows.append((start_texts.back_to_settings(t), OpenSettings()))
    wishes = [(wish.kind, place.name, wish.given_at.astimezone(t.zone).date()) for wish, place in found]
    context.show("\n\n".join(filter(None, (above, texts.page(t, wishes=wishes)))), keys(*rows))


async def on_region(_update: Update, context: Ctx, pressed: NewsRegion) -> None:
    """Show the parts of town, or the wijken of one."""
    t, names = context.t, await places.names(context.work)
    known = regions(names)
    back = (texts.settings_key(t), OpenNews())
    if pressed.region is None or not 0 <= pressed.region < len(known):
        options: list[tuple[str, Button]] = [(region, NewsRegion(at)) for at, region in enumerate(known)]
        context.show(texts.which_area(t), keys(*in_pairs(options), back))
    else:
        region = known[pressed.region]
        options = [(area.name, OpenNews(area.code)) for area in names if area.region == region]
        context.show(activity_texts.choose_area(t, region=region), keys(*in_pairs(options), back))
    understand_names(context, names, OpenNews)


BUTTONS: list[Route] = [
    on_private(OpenNews, on_open),
    on_private(NewsRegion, on_region),
    on_private(WantNews, on_want),
    on_private(NoNews, on_none),
]
COMMANDS: list[Route] = []
