"""Drawing what activities say by themselves: reminders, offers, rounds, lists of a day, maps and sheets."""
