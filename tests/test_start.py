"""What a start reads in, since everybody waits for it and it stays in memory."""

import subprocess
import sys

#: Large, and needed for one thing: pictures, papers, square codes, new tables, another database, the demo.
LATE = ("PIL", "fpdf", "segno", "alembic", "asyncpg", "babel.messages", "bot.demo", "storage.migrate", "numpy")


def test_what_is_needed_seldom_is_read_in_when_it_is_needed() -> None:
    code = f"import bot.cli, bot.runtime.service, sys; print([name for name in {LATE!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 ours
    assert said.stdout.strip() == "[]"
