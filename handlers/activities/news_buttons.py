"""The button that opens the choice of news: the settings show it too."""

from dataclasses import dataclass

from handlers.buttons import Button, button


@button("nwp")
@dataclass(frozen=True)
class OpenNews(Button):
    """The choices for a wijk; None: one's own."""

    area: str | None = None
