"""Phones that keep what the bot says, and what each message claims of its reader's place at a meeting."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.enums import SignupState

DINNER, PARTY = "Buurtdiner", "Straatfeest"
TITLES = (DINNER, PARTY)
#: What a message says of its reader's place, by words of ours; the page of a meeting without any of them says "none".
CLAIMS = {
    "Je bent aangemeld als": "place",
    "✅ Aangemeld als": "place",
    "Je hebt de plek": "place",
    "Jij neemt de plek over": "place",
    "✅ Je komt.": "place",
    "Kom je?": "place",
    "de wachtlijst, nummer": "waits",
    "Je bent de eerste op de wachtlijst": "waits",
    "op de wachtlijst.": "waits",
    "Je staat nog op de": "waits",
    "Wie het eerst tikt": "waits",
    "Er is een plek voor jou": "offered",
    "Je bent afgemeld": "none",
    "Je staat niet meer op de wachtlijst": "none",
    "gaat naar een ander": "none",
    "Wij zoeken iemand": "seeks",
    "Iemand anders neemt jouw plek over": "none",
}
TRUTH = {
    SignupState.SIGNED_UP: "place",
    SignupState.WAITING: "waits",
    SignupState.OFFERED: "offered",
    SignupState.SEEKS_STAND_IN: "seeks",
}


@dataclass
class Message:
    """A message as it reads now; `written` counts what was written, on all phones."""

    id: int
    text: str
    keys: list[str]
    written: int
    claims: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Read it."""
        self.claims = self._claims()

    def _claims(self) -> dict[str, str]:
        """Return what this says of its reader's place, by the title of the meeting."""
        found: dict[str, str] = {}
        blocks = self.text.split("\n\n") if self.text.startswith("Waar ik heen ga") else [self.text]
        for block in blocks:
            for title in TITLES:
                if title not in block:
                    continue
                said = {claim for words, claim in CLAIMS.items() if words in block}
                if "none" in said and "Je staat niet meer op de wachtlijst" in block:
                    said.discard("waits")
                if not said and "Stand: " in block:
                    said = {"none"}
                assert len(said) < 2, f"it says {said}: {block}"
                found |= dict.fromkeys([title], *said) if said else {}
        return found


@dataclass
class Phone:
    """What somebody has in the chat with the bot, the oldest first."""

    messages: dict[int, Message] = field(default_factory=dict)

    def last_about(self, title: str) -> Message | None:
        """Return what was written last, new or by editing, about one's place at this meeting."""
        about = [message for message in self.messages.values() if title in message.claims]
        return max(about, key=lambda message: message.written, default=None)
