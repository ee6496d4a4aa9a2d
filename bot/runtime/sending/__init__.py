"""The parts of the sender (`bot.runtime.sender`): queue, drawing, delivering, bursts, marking."""
