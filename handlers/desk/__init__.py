"""What staff do beside the cards of reports: being away, roles, signals, who looks on, what waits too long."""
