"""The few Block Kit objects we use, as plain dicts, each within Slack's limits: what is too long is shortened here.

Limits: https://docs.slack.dev/reference/block-kit. Free text goes into plain_text objects, where Slack reads no markup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from bot.slack.drawing.text import mrkdwn, plain

if TYPE_CHECKING:
    from collections.abc import Collection

Block = dict[str, Any]

MOST_BLOCKS = 50
MOST_VIEW_BLOCKS = 100
MOST_BYTES = 12_500
"""Messages of about 13,000 bytes of blocks have been refused although no single limit was passed."""
MOST_ELEMENTS = 25
MOST_FIELDS = 10
MOST_CARDS = 10
MOST_ROWS, MOST_COLUMNS = 101, 20
MOST_OPTIONS = 100
MOST_CHECKBOXES = 10
LONGEST_SECTION = 3000
LONGEST_VALUE = 150


def as_json(value: Any) -> bytes:
    """In a quarter of the standard library's time; half of a surrogate pair goes out as that one writes it."""
    try:
        return to_json(value)
    except ValueError:  # what pydantic raises for it is one
        return json.dumps(value).encode()


def fits(blocks: list[Block]) -> bool:
    """Whether Slack takes so many bytes, every letter beyond ASCII counted as the escape that JSON may have for it."""
    raw = as_json(blocks)
    # An escape takes three times the bytes of its letter at most, and a comma or a colon may have a space behind it.
    return 3 * len(raw) + raw.count(b",") + raw.count(b":") <= MOST_BYTES or size_of(blocks) <= MOST_BYTES


def size_of(blocks: list[Block]) -> int:
    """How many bytes these blocks are on the wire."""
    return len(json.dumps(blocks))


def plain_text(text: str, limit: int) -> Block:
    """Text that is shown as it is."""
    return {"type": "plain_text", "text": plain(text, limit), "emoji": False}


def marked_text(text: str) -> Block:
    """Text with our markup in it; free text inside must have passed `text.mrkdwn`. `verbatim`: Slack adds no links itself."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """A title line."""
    return {"type": "header", "text": plain_text(text, 150)}


def paragraph(text: str, vouched: Collection[str] = ()) -> Block:
    """A paragraph of free text; only addresses that are `vouched` for are live."""
    return {"type": "section", "text": marked_text(mrkdwn(text, LONGEST_SECTION, vouched))}


def marked(text: str) -> Block:
    """A paragraph with our own markup."""
    return {"type": "section", "text": marked_text(text)}


def fields(texts: list[str]) -> Block:
    """Short texts with our own markup, two abreast."""
    return {"type": "section", "fields": [marked_text(text) for text in texts[:MOST_FIELDS]]}


def context(text: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain_text(text, 2000)]}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(elements: list[Block]) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": elements[:MOST_ELEMENTS]}


def card(title: str, *, subtitle: str, body: str, buttons: list[Block]) -> Block:
    """One of several equal things; newer Slacks only."""
    block: Block = {"type": "card", "title": plain_text(title, 150)}
    if subtitle:
        block["subtitle"] = plain_text(subtitle, 150)
    if body:
        block["body"] = plain_text(body, 200)
    return block | {"actions": buttons} if buttons else block


def carousel(cards: list[Block]) -> Block:
    """Cards beside one another; newer Slacks only."""
    return {"type": "carousel", "elements": cards[:MOST_CARDS]}


def data_table(caption: str, rows: list[tuple[str, ...]]) -> Block:
    """A table whose first row names the columns; newer Slacks only. All of it on one page."""
    cells = [
        [{"type": "raw_text", "text": plain(cell, 200) or "–"} for cell in row[:MOST_COLUMNS]]
        for row in rows[:MOST_ROWS]
    ]
    size = max(1, min(len(cells) - 1, MOST_ROWS - 1))
    return {"type": "data_table", "caption": plain(caption, 150), "rows": cells, "page_size": size}


def button(label: str, *, action_id: str, value: str, style: str = "", url: str = "", hint: str = "") -> Block:
    """A button. `style` is primary, danger or empty."""
    block: Block = {"type": "button", "text": plain_text(label, 75), "action_id": action_id, "value": value}
    if style:
        block["style"] = style
    if url and len(url) <= 3000:
        block["url"] = url
    if hint:
        block["accessibility_label"] = plain(hint, 75)
    return block


def option(label: str, value: str) -> Block:
    """One choice of a menu."""
    return {"text": plain_text(label, 75), "value": value[:LONGEST_VALUE]}


def select(placeholder: str, options: list[Block], *, action_id: str) -> Block:
    """A menu, one of many."""
    return {
        "type": "static_select",
        "placeholder": plain_text(placeholder, 150),
        "options": options[:MOST_OPTIONS],
        "action_id": action_id,
    }


def input_block(label: str, element: Block, *, block_id: str, hint: str = "", is_required: bool = True) -> Block:
    """One field of a form."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
        "optional": not is_required,
    }
    if hint:
        block["hint"] = plain_text(hint, 2000)
    return block
