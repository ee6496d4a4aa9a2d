"""What staff do at their desk beside triage of one report: cards and lists, who is there, what waits too long."""
