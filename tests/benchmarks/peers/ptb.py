"""The peer on python-telegram-bot: its own Application, Updater and network, as its examples have them."""

import os
from typing import Any

from sqlalchemy.ext.asyncio import async_sessionmaker
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.benchmarks.peers import rows


def main() -> None:
    """Serve until a signal."""
    engine = rows.engine()
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def begin(_application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        await rows.make_tables(engine)

    async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is not None and message.text is not None:
            await rows.store(sessions, update_id=update.update_id, chat_id=message.chat_id, text=message.text)
            await message.reply_text(message.text)

    url = os.environ[rows.API_URL]
    builder = Application.builder().token(os.environ[rows.TOKEN]).base_url(f"{url}/bot").post_init(begin)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=[Update.MESSAGE])


if __name__ == "__main__":
    main()
