"""Partners: a worker's own summary goes to one by e-mail; about a person only a number, after the resident's yes.

Source: Reporting, "Partners". Police and Veilig Thuis are none: their numbers are shown, people call.
"""

from bot.services.partners.arriving import accepted, failed
from bot.services.partners.consent import PURPOSE, Answer, agree, asked_of, decline, take_back
from bot.services.partners.mails import Letter, answered, begin, cancel, mails_of, resend, send
from bot.services.partners.silence import next_nudge, nudge_silent

__all__ = [
    "PURPOSE",
    "Answer",
    "Letter",
    "accepted",
    "agree",
    "answered",
    "asked_of",
    "begin",
    "cancel",
    "decline",
    "failed",
    "mails_of",
    "next_nudge",
    "nudge_silent",
    "resend",
    "send",
    "take_back",
]
