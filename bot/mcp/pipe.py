"""`pencil mcp`: the same tools over stdio, for one person's desktop agent. Nothing but the protocol goes to stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.mcp.server import build_server

if TYPE_CHECKING:
    from bot.mcp.ports import Tools
    from bot.scheduling.accounts import Owner


async def serve_pipe(tools: Tools, owner: Owner) -> None:
    """Serve until the other end closes. Whoever runs us is the caller."""
    from mcp.server.stdio import stdio_server  # noqa: PLC0415  see server.py

    server = build_server(tools, lambda _: owner)
    async with stdio_server() as (read_stream, write_stream):
        await server.run(read_stream, write_stream, server.create_initialization_options())
