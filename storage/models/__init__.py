"""All tables. `Base.metadata` is complete once this package is imported."""

from storage.models.activities import (
    Activity,
    ActivityRole,
    Occurrence,
    Offer,
    RepairItem,
    Round,
    Signup,
    Stall,
    Team,
    TeamMember,
)
from storage.models.base import Base, personal
from storage.models.conversation import Album, DeadUpdate, Dialogue, HandledUpdate, UpdateAttempt
from storage.models.outbox import Lease, Outbox, ProcessMark, Recurring
from storage.models.partners import PartnerMail
from storage.models.people import Absence, AuditEntry, Consent, Person, RoleGrant
from storage.models.reports import (
    LearnedThemes,
    NumberSequence,
    Opening,
    Report,
    ReportEvent,
    ReportFollower,
    ReportGroup,
    ReportMedia,
    ReportMessage,
    ReportNote,
)
from storage.models.searching import ReportWord
from storage.models.town import Area, ChatMove, Desk, DeskWorker, Organisation, Partner, RoutingRule, StandardAnswer

__all__ = [
    "Absence",
    "Activity",
    "ActivityRole",
    "Album",
    "Area",
    "AuditEntry",
    "Base",
    "ChatMove",
    "Consent",
    "DeadUpdate",
    "Desk",
    "DeskWorker",
    "Dialogue",
    "HandledUpdate",
    "LearnedThemes",
    "Lease",
    "NumberSequence",
    "Occurrence",
    "Offer",
    "Opening",
    "Organisation",
    "Outbox",
    "Partner",
    "PartnerMail",
    "Person",
    "ProcessMark",
    "Recurring",
    "RepairItem",
    "Report",
    "ReportEvent",
    "ReportFollower",
    "ReportGroup",
    "ReportMedia",
    "ReportMessage",
    "ReportNote",
    "ReportWord",
    "RoleGrant",
    "Round",
    "RoutingRule",
    "Signup",
    "Stall",
    "StandardAnswer",
    "Team",
    "TeamMember",
    "UpdateAttempt",
    "personal",
]
