"""The closed sets of the field, named as the table "Words" of the design names them."""

from enum import IntEnum, StrEnum


class Language(StrEnum):
    """A language of the conversation; more languages are catalogues without code."""

    DUTCH = "nl"
    ENGLISH = "en"


class Kind(StrEnum):
    """What a report is about (soort)."""

    PLACE = "place"
    NUISANCE = "nuisance"
    PERSON = "person"
    SELF = "self"
    IDEA = "idea"
    OPPORTUNITY = "opportunity"


class Theme(StrEnum):
    """The theme of a report (thema)."""

    POVERTY = "armoede"
    LONELINESS = "eenzaamheid"
    COHESION = "sociale_cohesie"
    HEALTH = "gezondheid"
    SAFETY = "veiligheid"
    LIVABILITY = "leefbaarheid"
    SUSTAINABILITY = "duurzaamheid"
    OTHER = "anders"


class Source(StrEnum):
    """How a report came in: from the resident in the chat, or through a worker."""

    CHAT = "chat"
    DOOR = "deur"
    STREET = "straat"
    HOME_VISIT = "huisbezoek"
    PHONE = "telefoon"
    WALK_IN = "inloop"
    SCHOOL = "school"
    ACTIVITY = "activiteit"
    PATROL = "ronde"
    OWN_EYES = "eigen_waarneming"


class ReportStatus(StrEnum):
    """Where a report stands."""

    RECEIVED = "ontvangen"
    TAKEN = "opgepakt"
    ASKED = "vraag_aan_bewoner"
    FORWARDED = "doorgezet"
    CLOSED = "afgerond"


class CloseReason(StrEnum):
    """Why a report was closed."""

    SOLVED = "opgelost"
    PARTLY_SOLVED = "deels_opgelost"
    TALKED = "gesprek_gehad"
    VISITED = "huisbezoek"
    JOINS_ACTIVITY = "doet_mee"
    INITIATIVE = "initiatief_gestart"
    BELONGS_TO = "hoort_bij"
    COULD_NOT = "kon_niet"
    ALREADY_REPORTED = "al_gemeld"
    OWN_FILE = "eigen_dossier"
    WITHDRAWN = "ingetrokken"
    SELF_REPORTED = "zelf_gemeld"
    NO_MOVEMENT = "geen_beweging"
    ERASED = "gewist"


class MediaKind(StrEnum):
    """What was sent along."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    AUDIO = "audio"


class MessageDirection(StrEnum):
    """Who says something in the talk between a resident and a worker about one report."""

    ANSWER = "antwoord"
    QUESTION = "vraag"
    RESIDENT = "bewoner"


class RoleName(StrEnum):
    """A role of a member of staff; coordinators are named per team and activity instead."""

    WORKER = "worker"
    ADMIN = "admin"
    SAFETY = "safety"


class Reachable(StrEnum):
    """Whether the bot may write to somebody in private."""

    YES = "yes"
    NEVER_STARTED = "never_started"
    BLOCKED = "blocked"
    GONE = "gone"


class ReminderChoice(StrEnum):
    """Which reminders a resident wants."""

    ALL = "all"
    LAST = "last"
    NONE = "none"


class ActivityKind(StrEnum):
    """The kind of an activity."""

    REPAIR_CAFE = "repaircafe"
    ROMMELROUTE = "rommelroute"
    PATROL = "patrol"
    OTHER = "other"


class RoleKey(StrEnum):
    """The role that somebody has at an occurrence."""

    VISITOR = "visitor"
    REPAIRER = "repairer"
    HOST = "host"
    STALL = "stall"
    WALKER = "walker"
    HELPER = "helper"


class OccurrenceState(StrEnum):
    """How full an occurrence is; computed, only CALLED_OFF is stored."""

    TOO_FEW = "te_weinig"
    GOES_AHEAD = "gaat_door"
    ALMOST_FULL = "bijna_vol"
    FULL = "vol"
    CALLED_OFF = "afgelast"


class SignupState(StrEnum):
    """What became of a sign-up; cancelling is a state, rows stay until their retention ends."""

    SIGNED_UP = "signed_up"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    SEEKS_STAND_IN = "seeks_stand_in"
    REPLACED = "replaced"
    PRESENT = "present"
    DONE = "done"
    LEFT_EARLY = "left_early"
    NO_SHOW = "no_show"


#: The person of a sign-up of somebody who walked in without Telegram: no person of ours, and no message goes there.
#: An erased sign-up has 0.
WALKED_IN = -1

#: States in which a sign-up holds a place that nobody else can have.
HOLDING = frozenset(
    {
        SignupState.SIGNED_UP,
        SignupState.OFFERED,
        SignupState.SEEKS_STAND_IN,
        SignupState.PRESENT,
        SignupState.DONE,
        SignupState.LEFT_EARLY,
        SignupState.NO_SHOW,
    }
)
#: States of a sign-up that its person still counts on, on the waiting list too.
COUNTED_ON = frozenset(
    {
        SignupState.SIGNED_UP,
        SignupState.WAITING,
        SignupState.OFFERED,
        SignupState.SEEKS_STAND_IN,
        SignupState.PRESENT,
    }
)


class OfferState(StrEnum):
    """What became of a place that was offered to somebody on the waiting list."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class WalkCallState(StrEnum):
    """What became of "Ik ga om 20:30, wie loopt mee?"."""

    OPEN = "open"
    ROUND = "round"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Attendance(StrEnum):
    """A walker's or volunteer's answer to a reminder."""

    UNKNOWN = "unknown"
    COMING = "coming"


class StallState(StrEnum):
    """What a stall of a Rommelroute shows on the day."""

    OPEN = "open"
    SOLD_OUT = "uitverkocht"
    CLOSED = "dicht"


class RoundLook(StrEnum):
    """What is looked at about a round, in this order: each once, when its time has come."""

    ARRIVING = "arriving"
    STARTED = "started"
    MISSING = "missing"
    UNCLOSED = "unclosed"
    COORDINATOR = "coordinator"


class RoundOutcome(StrEnum):
    """How a round was, as its walkers close it."""

    NOTHING = "geen_bijzonderheden"
    SOMETHING = "bijzonderheden"
    INCIDENT = "incident"


class Chase(StrEnum):
    """How far waiting for an answer has come, and so who hears of it: the holder, the desk, the named contact."""

    LAST_DAY = "last_day"
    LATE = "late"
    THRICE = "thrice"


class PartnerKind(StrEnum):
    """What sort of organisation a partner is."""

    MUNICIPALITY = "gemeente"
    HOUSING = "corporatie"
    CARE = "zorgaanbieder"
    DISTRICT_TEAM = "wijkteam"
    COMPANY = "bedrijf"
    INITIATIVE = "bewonersinitiatief"
    OWN_TEAM = "eigen_team"


class PartnerMailState(StrEnum):
    """Where a mail to a partner stands: first the resident's yes where it is about a person, then on its way."""

    ASKING = "asking"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class Priority(IntEnum):
    """Which message goes first when not all may go now."""

    ANSWER = 0
    CARD = 1
    REMINDER = 2
    ANNOUNCEMENT = 3


class OutboxState(StrEnum):
    """Where a message of the outbox stands."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
