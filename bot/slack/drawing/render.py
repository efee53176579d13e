"""A reply as Slack shows it: blocks and the sentence beside them. Pure: same reply, same message.

A card reads from the top: title, one line a fact, buttons grouped by day, small print. Nothing that a person, a calendar or
a provider wrote can become markup, a mention or a link (`text.py`): live is only an address that a button of the card has too.
"""

from __future__ import annotations

import json
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, assert_never

from bot.dialogue.acts import Buttons, Facts, Heading, Line, Menu, Moments, Note, Style, Subheading, Table, Tiles
from bot.scheduling.replacing import replace
from bot.slack.drawing import blocks as kit
from bot.slack.drawing import phrases
from bot.slack.drawing.text import mrkdwn
from bot.slack.ids import ActionKind, write_element, write_pressed
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import Choice, Part, Reply, Tile
    from bot.scheduling.models import Slot
    from bot.slack.drawing.blocks import Block

_URL = attrgetter("url")
_LONGEST_TEXT = 3800
_LONGEST_REMAINS = 4000
_SHORT_ROW = 5
_SHORT_LINES = 1500
_MOST_STARTS = 5
"""So many times of a day stand as buttons; the others stand in a menu."""
_HALF_WIDTH = 56
_MOMENTS = 8
"""Lines of times in one block; each may be long once its readers are named."""
"""A fact up to this long stands beside another one."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes to Slack."""

    text: str
    blocks: tuple[Block, ...]
    plain: tuple[Block, ...] = ()
    """The same in blocks that every Slack knows; empty when `blocks` are such already."""

    def as_arguments(self) -> dict[str, Any]:
        """For any method that posts or edits."""
        return {"text": self.text, "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False}


def render(reply: Reply, *, thread: str = "") -> Message:
    """The reply as a message. `thread` is where it will stand; presses on private copies name it."""
    text, blocks = mrkdwn(reply.text, _LONGEST_TEXT, _vouched(reply)), tuple(card_blocks(reply, thread=thread))
    for part in reply.parts:
        if isinstance(part, Tiles) or (isinstance(part, Facts) and part.table):
            rich = card_blocks(reply, thread=thread, is_newer=True)
            return Message(text, tuple(rich), blocks)
    return Message(text, blocks)


def _vouched(reply: Reply) -> frozenset[str]:
    """The addresses that come from a provider's own field, and never from what somebody wrote: those of the buttons."""
    return frozenset(filter(None, map(_URL, reply.choices)))


def card_blocks(reply: Reply, *, thread: str = "", most: int = kit.MOST_BLOCKS, is_newer: bool = False) -> list[Block]:
    """The reply's card; one that is too long for Slack ends in a line that says so. `is_newer`: with carousels and tables."""
    if not reply.parts:
        return [kit.paragraph(reply.text, _vouched(reply))]
    card, vouched = reply.card or "none", _vouched(reply)
    rows: list[list[Block]] = []
    for position, part in enumerate(_joined(reply.parts)):
        row = _part_blocks(part, _Ids(card, thread, position * 100, vouched, is_newer))
        if row:
            rows.append(row)
    rows = rows or [[kit.paragraph(reply.text, vouched)]]
    whole = _one_primary(_in_rows(list(chain.from_iterable(rows))))
    if len(whole) <= most and kit.fits(whole):
        return whole
    return _cut(_without_hints(rows), most)


def render_retired(remains: str) -> Message:
    """A card that a newer one has replaced: what it was about, in small print, and nothing to press; what it opened with
    stands above that.
    """
    try:
        blocks: list[Block] = json.loads(remains) if remains else []
    except ValueError:
        blocks = []
    lead = [block["elements"][0]["text"] for block in blocks[:-1]]
    return Message(
        mrkdwn(" ".join([*lead, phrases.retired()]), _LONGEST_TEXT), (*blocks, kit.context(phrases.retired_note()))
    )


def without_buttons(reply: Reply, note: str = "") -> Reply:
    """The same card, nothing on it to press."""
    kept = tuple(part for part in map(_bare, reply.parts) if not isinstance(part, Buttons | Menu))
    if not kept:
        kept = (Line(text=reply.text),)
    return replace(reply, parts=(*kept, Note(text=note)) if note else kept)


def _bare(part: Part) -> Part:
    """Tiles without what can be pressed on them."""
    if not isinstance(part, Tiles):
        return part
    return Tiles(tiles=tuple(replace(tile, choices=()) for tile in part.tiles))


def remains_of(reply: Reply) -> str:
    """What a retired card still shows, for its place's note: what it was about, in one line, below what it opened with."""
    about = reply.text
    for part in reply.parts:
        if isinstance(part, Heading | Line) and part.text != reply.lead:
            about = part.text
            break
    lead = [kit.context(reply.lead)] if reply.lead else []
    note = kit.as_json([*lead, kit.context(about)]).decode()
    return note if len(note) <= _LONGEST_REMAINS else ""


@dataclass(frozen=True, slots=True)
class _Ids:
    """What a part of a card is drawn with."""

    card: str
    thread: str
    first: int
    """The number of its first element."""
    vouched: frozenset[str]
    """Addresses that may be live."""
    is_newer: bool = False
    """Whether blocks may be drawn that not every Slack knows."""


def _part_blocks(part: Part, ids: _Ids) -> list[Block]:
    match part:
        case Heading(text=text):
            return [kit.header(text)]
        case Subheading(text=text):
            return [kit.marked(f"*{mrkdwn(text, 300, inside='*')}*")]
        case Line(text=text):
            return [kit.paragraph(text, ids.vouched)]
        case Facts(table=Table() as table) if ids.is_newer:
            return [kit.data_table(table.caption, [table.columns, *table.rows])]
        case Facts(rows=rows):
            return _facts(rows, ids.vouched)
        case Moments(rows=rows):
            return [kit.marked("\n".join(_moment(*row) for row in batch)) for batch in _batches(list(rows), _MOMENTS)]
        case Buttons(choices=choices, title=title):
            return _buttons(choices, title, ids)
        case Menu(label=label, choices=choices):
            return _menu(label, choices, ids)
        case Tiles(tiles=tiles):
            return _carousels(tiles, ids) if ids.is_newer else _sections(tiles, ids)
        case Note(text=text):
            return [kit.context(text)]
        case _:
            assert_never(part)


def _moment(slot: Slot, said: str, rest: str) -> str:
    """A time on each reader's own clock, and as it is said for those whose client knows no dates."""
    fallback = mrkdwn(said, 80).replace("|", "/")
    return f"<!date^{int(slot.start.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>{mrkdwn(rest, 200) if rest else ''}"


def _facts(rows: tuple[tuple[str, str], ...], vouched: frozenset[str]) -> list[Block]:
    """Label above value, short facts two abreast, a long one or a change across the whole card; in their order."""
    out: list[Block] = []
    for is_short, group in groupby(rows, key=_is_short):
        texts = [f"*{mrkdwn(label, 200, inside='*')}*\n{_value(value, vouched)}" for label, value in group]
        if is_short and len(texts) > 1:
            out += [kit.fields(batch) for batch in _batches(texts, kit.MOST_FIELDS)]
        else:
            out += [kit.marked(text) for text in texts]
    return out


def _is_short(row: tuple[str, str]) -> bool:
    return len(row[1]) <= _HALF_WIDTH and "\n" not in row[1] and " → " not in row[1]


def _value(value: str, vouched: frozenset[str]) -> str:
    """A fact's value; in «old → new» the old one is struck through."""
    old, arrow, new = value.partition(" → ")
    if arrow and old and "\n" not in old and "~" not in old:
        return f"~{mrkdwn(old, 800, inside='~')}~ → {mrkdwn(new, 1000)}"
    return mrkdwn(value, 1900, vouched)


def _carousels(tiles: tuple[Tile, ...], ids: _Ids) -> list[Block]:
    """Cards beside one another, as newer Slacks draw them."""
    cards = [
        kit.card(
            tile.title,
            subtitle=tile.subtitle,
            body=tile.body,
            buttons=[_button(choice, number * 10 + at, ids) for at, choice in enumerate(tile.choices[:3])],
        )
        for number, tile in enumerate(tiles)
    ]
    return [kit.carousel(batch) for batch in _batches(cards, kit.MOST_CARDS)]


def _sections(tiles: tuple[Tile, ...], ids: _Ids) -> list[Block]:
    """The same one under another, the first button at its side: for every Slack."""
    out: list[Block] = []
    for number, tile in enumerate(tiles):
        facts = " · ".join(mrkdwn(piece, 300) for piece in (tile.subtitle, tile.body) if piece)
        title = f"*{mrkdwn(tile.title, 200, inside='*')}*"
        block = kit.marked(f"{title}\n{facts}" if facts else title)
        if tile.choices:
            block["accessory"] = _button(tile.choices[0], number * 10, ids)
        out.append(block)
        if len(tile.choices) > 1:
            out.append(kit.actions([_button(one, number * 10 + at, ids) for at, one in enumerate(tile.choices[1:], 1)]))
    return out


def _buttons(choices: tuple[Choice, ...], title: str, ids: _Ids) -> list[Block]:
    """Buttons below their title. Of a long row with a title only the first few are, the others stand behind «More on Thu»."""
    is_long = bool(title) and len(choices) > _MOST_STARTS + 1
    elements: list[Block] = []
    for number, choice in enumerate(choices[:_MOST_STARTS] if is_long else choices):
        button = _button(choice, number, ids, title)
        elements.append(button)
    if is_long and (more := _options(choices[_MOST_STARTS:], ids, title)):
        menu = write_element(ActionKind.MENU, ids.first + _MOST_STARTS, ids.thread)
        elements.append(kit.select(phrases.more_on(title), more, action_id=menu))
    head = [kit.marked(_title(title))] if title and elements else []
    return head + list(map(kit.actions, _batches(elements, kit.MOST_ELEMENTS)))


def _options(choices: tuple[Choice, ...], ids: _Ids, title: str = "") -> list[Block]:
    """Choices as a menu has them; those that open an address cannot stand in one."""
    options: list[Block] = []
    for choice in choices:
        if not choice.url:
            option = kit.option(_under(title, choice), write_pressed(ids.card, choice.id or "none"))
            options.append(option)
    return options


def _title(title: str) -> str:
    """A group's title in bold; of «when: what» only the when."""
    when, colon, what = title.partition(": ")
    bold = f"*{mrkdwn(when, 300, inside='*')}*"
    return f"{bold}\u2002{mrkdwn(what, 2000)}" if colon else bold


def _under(title: str, choice: Choice) -> str:
    """A label without the day that already stands above its row."""
    if not title or not choice.label.startswith(f"{title} "):
        return choice.label
    return choice.label[len(title) :].strip() or "–"


def _button(choice: Choice, number: int, ids: _Ids, title: str = "") -> Block:
    """Below its title; screen readers still get the whole label."""
    label, kind = _under(title, choice), ActionKind.LINK if choice.url else ActionKind.PRESS
    return kit.button(
        label,
        action_id=write_element(kind, ids.first + number, ids.thread),
        value=write_pressed(ids.card, choice.id or "none"),
        style="" if choice.style is Style.PLAIN else str(choice.style),
        url=choice.url,
        hint=choice.hint or ("" if label == choice.label else choice.label),
    )


def _menu(label: str, choices: tuple[Choice, ...], ids: _Ids) -> list[Block]:
    """One menu; choices that open an address cannot stand in a menu and become buttons."""
    menus: list[Block] = []
    for number, group in enumerate(_batches(_options(choices, ids), kit.MOST_OPTIONS)):
        menu = kit.select(label, group, action_id=write_element(ActionKind.MENU, ids.first + number, ids.thread))
        menus.append(menu)
    links = tuple(filter(_URL, choices))
    return ([kit.actions(menus)] if menus else []) + (_buttons(links, "", ids) if links else [])


def _joined(parts: tuple[Part, ...]) -> list[Part]:
    """Short paragraphs that follow one another share a block, and so does small print."""
    out: list[Part] = []
    for part in parts:
        match out[-1] if out else None, part:
            case Note(text=above), Note(text=text):
                out[-1] = Note(text=f"{above} {text}")
            case Line(text=above), Line(text=text) if len(above) + len(text) < _SHORT_LINES:
                out[-1] = Line(text=f"{above}\n{text}")
            case _:
                out.append(part)
    return out


def _in_rows(blocks: list[Block]) -> list[Block]:
    """A menu right after a short row of buttons joins that row."""
    out: list[Block] = []
    for block in blocks:
        # A row that begins with a menu holds nothing else.
        is_menu = block["type"] == "actions" and block["elements"][0]["type"] == "static_select"
        if is_menu and out and out[-1]["type"] == "actions" and len(out[-1]["elements"]) < _SHORT_ROW:
            out[-1] = kit.actions([*out[-1]["elements"], *block["elements"]])
        else:
            out.append(block)
    return out


def _one_primary(blocks: list[Block]) -> list[Block]:
    """Only the first primary button stays one."""
    seen = False
    for block in blocks:
        for element in block.get("elements", ()):
            if element.get("style") == "primary":
                if seen:
                    del element["style"]
                seen = True
    return blocks


def _without_hints(rows: list[list[Block]]) -> list[list[Block]]:
    """A long card says what its buttons do in their labels alone: the longer labels for screen readers are the first to go."""
    for row in rows:
        for block in row:
            for element in block.get("elements", ()):
                element.pop("accessibility_label", None)
    return rows


def _cut(rows: list[list[Block]], most: int) -> list[Block]:
    """As many whole parts as fit, then how many are missing."""
    out: list[Block] = []
    for done, row in enumerate(rows):
        note = kit.context(phrases.left_out(len(rows) - done))
        if len(out) + len(row) + 1 > most or not kit.fits([*out, *row, note]):
            return _one_primary(_in_rows([*out, note]))
        out += row
    return _one_primary(_in_rows(out))


def _batches(items: list[Any], size: int) -> list[list[Any]]:
    if len(items) <= size:
        return [items] if items else []
    return [items[start : start + size] for start in range(0, len(items), size)]
