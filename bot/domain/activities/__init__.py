"""Rules of activities: series, places and offers, reminders, rounds, repairs, stalls."""
