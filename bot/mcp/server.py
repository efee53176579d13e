"""The tools as a server of the SDK. Who calls is decided by whoever carries the request: HTTP from Slack, or a pipe.

The SDK is imported where it is used: nobody who does not serve agents pays for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.errors import PencilError
from bot.logs import get_logger
from bot.mcp.tools import TOOLS, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mcp import types
    from mcp.server.context import ServerRequestContext
    from mcp.server.lowlevel.server import Server

    from bot.mcp.ports import Tools
    from bot.mcp.tools import Tool
    from bot.scheduling.accounts import Owner

    WhoCalls = Callable[[Mapping[str, Any] | None], Owner | None]
    """The caller, from a request's parameters; None when nobody can be told."""

log = get_logger("mcp.server")

INSTRUCTIONS = (
    "Pencil schedules for one person. Reading tools answer at once. A propose tool only puts a card into that person's direct "
    "messages and returns its link: give them the link, and say that nothing happens before they press."
)
_NOBODY = "Whose calendar this is about could not be told from the request, so nothing was looked up."


def build_server(tools: Tools, who_calls: WhoCalls) -> Server[Any]:
    """The server, ready to be run over any transport."""
    from mcp import types  # noqa: PLC0415  only who serves agents needs the SDK
    from mcp.server.lowlevel.server import Server  # noqa: PLC0415  as above

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = next((tool for tool in TOOLS if tool.name == params.name), None)
        owner = who_calls(context.params)
        if tool is None or owner is None:
            return _failed(f"There is no tool called {params.name}." if tool is None else _NOBODY)
        return await _answered(tool, tools, owner, params.arguments or {})

    return Server("pencil", title="Pencil", instructions=INSTRUCTIONS, on_list_tools=list_tools, on_call_tool=call_tool)


async def _answered(tool: Tool, tools: Tools, owner: Owner, arguments: dict[str, Any]) -> types.CallToolResult:
    from mcp import types  # noqa: PLC0415  as above

    try:
        found = harmless(await tool.answer(tools, owner, tool.takes.model_validate(arguments)))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        return _failed(f"{tool.name} cannot take that: {wrong}")
    except PencilError as error:
        log.info("mcp.refused", tool=tool.name, error=type(error).__name__)
        return _failed(error.for_person)
    log.info("mcp.answered", tool=tool.name)
    text = types.TextContent(type="text", text=json.dumps(found, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=found)


def _failed(text: str) -> types.CallToolResult:
    from mcp import types  # noqa: PLC0415  as above

    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


def _described(tool: Tool) -> types.Tool:
    from mcp import types  # noqa: PLC0415  as above

    hints = types.ToolAnnotations(
        title=tool.title, read_only_hint=tool.is_read_only, destructive_hint=False, open_world_hint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.takes.model_json_schema(),
        annotations=hints,
    )
