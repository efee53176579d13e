"""`pencil mcp`: the house with a desktop agent on a pipe, and a page on this machine where the person presses."""

from __future__ import annotations

import contextlib
import secrets
import socket
from typing import TYPE_CHECKING

import uvicorn

from bot.app.wiring import open_house
from bot.logs import bind_turn
from bot.mcp.page import CardPage
from bot.mcp.pipe import serve_pipe
from bot.scheduling.accounts import Owner
from bot.scheduling.models import Person

if TYPE_CHECKING:
    from bot.app.settings import Settings
    from bot.app.wiring import House
    from bot.dialogue.acts import ConversationKey, Reply, Turn
    from bot.scheduling.ledger import Accepted


async def run_mcp(settings: Settings, *, zone: str, name: str) -> int:
    """Serve the tools until the agent goes. The person is the one of `pencil chat --as NAME`: accounts are theirs."""
    slug = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum()) or "you"
    owner = Owner("", "terminal", slug)
    person = Person(name=name, email=f"{slug}@example.com", zone=zone, member=slug)
    async with open_house(settings, migrate=settings.database_url.startswith("sqlite")) as house:
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            page = _page(house, owner, person, f"http://127.0.0.1:{door.getsockname()[1]}")
            house.crew.keep(house.recovery(page, _no_replay).run())
            house.crew.keep(_serve(page, door))
            await serve_pipe(house.agents(page), owner)
    return 0


def _page(house: House, owner: Owner, person: Person, address: str) -> CardPage:
    async def take(turn: Turn, key: ConversationKey, asker: Person) -> Reply:
        with bind_turn(secrets.token_hex(6)):
            reply = await house.assistant.take_turn(turn, key=key, asker=asker, place="", is_public=False)
        await house.assistant.delivered(reply, "")
        return reply

    return CardPage(owner, person, take, address)


async def _serve(page: CardPage, door: socket.socket) -> None:
    config = uvicorn.Config(page.app(), log_config=None, access_log=False, server_header=False, lifespan="off")
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment,method-assign]  # signals belong to the pipe
    await server.serve(sockets=[door])


async def _no_replay(accepted: Accepted) -> None:
    """The page keeps no inbox."""
    del accepted
