"""How long a test waits for what has to come. It is the time until a failure, never what makes a test pass.

A busy machine stands still for seconds, and starts a process in twenty. So what shows that somebody did *not* wait is
an order or a count, or an end that comes although what they would have waited for never does.
"""

#: Two waits in vain end before `faulthandler_timeout` ends all tests.
PATIENCE_S = 120.0
