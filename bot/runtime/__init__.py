"""What lives as long as the process: wiring, intake, sender, schedule."""
