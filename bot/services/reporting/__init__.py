"""What residents do with reports: drafts, sending, answering back, following."""
