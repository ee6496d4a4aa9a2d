"""Repair Café: what is brought, who can mend it, the day with its list, and repairs as open data."""
