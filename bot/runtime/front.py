"""The front of a process: intake, the router behind it, and the answers to taps. Both doors lead here."""

import asyncio

from bot.runtime.answers import Answers
from bot.runtime.config import Kit
from bot.runtime.handling import Doors, Handling
from bot.runtime.intake import Intake
from bot.runtime.router import Router
from bot.runtime.tasks import Tasks


class Front:
    """Takes updates in, from `begin` to `end`."""

    def __init__(self, kit: Kit, router: Router, *, careful: int) -> None:
        """Put the parts together; *careful* is how many updates run one by one, after an unclean start."""
        config = kit.config
        self.answers = Answers(kit.bot)
        doors = Doors(
            router.process_update,
            self.answers.give,
            kit.translators,
            kit.bot.username,
            mail=bool(config.mail),
            web=config.web.url if config.web else "",
        )
        self.intake = Intake(Handling(kit.database, kit.clock, doors, kit.metrics), careful=careful)

    def begin(self, tasks: Tasks) -> None:
        """Begin to handle."""
        tasks.run("intake", self.intake.run())

    async def idle(self) -> None:
        """Wait until no update is in hand and no tap unanswered."""
        await self.intake.idle()
        await self.answers.idle()

    async def end(self, tasks: Tasks, *, seconds: float) -> None:
        """Finish the batch in hand and the answers within *seconds*; what still waits must be delivered once more."""
        deadline = asyncio.get_running_loop().time() + seconds
        tasks.dismiss("intake")
        self.intake.stop()
        await tasks.ended("intake", seconds=0.8 * seconds)
        await self.answers.stop(max(0.1, deadline - asyncio.get_running_loop().time()))
        await tasks.drop("intake")
