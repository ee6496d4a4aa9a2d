"""The peer on aiogram: its own Dispatcher and session, as its examples have them."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update
from sqlalchemy.ext.asyncio import async_sessionmaker

from tests.benchmarks.peers import rows


async def main() -> None:
    """Serve until a signal."""
    engine = rows.engine()
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    await rows.make_tables(engine)
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message, event_update: Update) -> None:
        if message.text is not None:
            await rows.store(sessions, update_id=event_update.update_id, chat_id=message.chat.id, text=message.text)
            await message.answer(message.text)

    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ[rows.API_URL]))
    await dispatcher.start_polling(Bot(os.environ[rows.TOKEN], session=session), allowed_updates=["message"])


if __name__ == "__main__":
    asyncio.run(main())
