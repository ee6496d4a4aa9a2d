"""Buurtbode: residents report, opbouwwerkers triage, volunteers get their reminders."""
