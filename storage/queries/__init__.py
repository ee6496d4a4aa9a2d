"""All SQL: functions over an open session, grouped by what they are about."""
