"""Chat in a terminal or on a pipe: the same turns and replies as in Slack, as plain lines.

One line is one message. A line that is only a number presses that button of the latest reply. `/` shows help. After a button
that opens a form, the next lines answer its fields in order.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import sys
from dataclasses import field
from typing import TYPE_CHECKING, Protocol, TextIO

from bot.dialogue.acts import (
    Buttons,
    Chose,
    ConversationKey,
    Facts,
    Heading,
    Line,
    Menu,
    Moments,
    Note,
    Said,
    Subheading,
    Submitted,
    Tiles,
)
from bot.errors import PencilError
from bot.logs import bind_turn, get_logger
from bot.scheduling.showing.inert import seen
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.dialogue.acts import Choice, Form, FormField, Part, Reply, Tile, Turn
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person

log = get_logger("terminal")

HELP = """Write what you want, for example:
  what's free thursday afternoon
  book 30 min with priya@acme.io tomorrow 2pm
  move it to friday, same time
  what do i have this week
A number presses that button. /quit leaves."""
GREETING = "Tell me what to schedule. / shows help, a number presses a button, /quit leaves."
LONGEST = 4_000


class TakesTurns(Protocol):
    """What the terminal needs of the loop."""

    async def take_turn(self, turn: Turn, *, key: ConversationKey, asker: Person, place: str, is_public: bool) -> Reply:
        """The reply to one turn."""
        ...

    async def delivered(self, reply: Reply, place: str) -> None:
        """The reply was printed."""
        ...


@dataclass(slots=True)
class Terminal:
    """One person's chat. `people` are the members that `@name` can mean."""

    assistant: TakesTurns
    owner: Owner
    asker: Person
    write: Callable[[str], None]
    people: tuple[Person, ...] = ()
    _choices: tuple[Choice, ...] = ()
    _card: str = ""
    _form: Form | None = None
    _option: str = ""
    _answers: list[tuple[str, str]] = field(default_factory=list)

    async def take_line(self, line: str) -> bool:
        """Answer one line; False when the person wants to leave."""
        text = line.strip()
        if self._form is not None:
            await self._answer(text)
        elif text in {"/", "/help", "/?"}:
            self.write(HELP)
        elif text in {"/quit", "/exit"}:
            return False
        elif re.fullmatch(r"\[?\d{1,3}\]?", text):
            await self._press(int(text.strip("[]")))
        else:
            await self._take(Said(text=self._with_members(line[:LONGEST]), people=self._mentioned(line)))
        return True

    async def _press(self, number: int) -> None:
        if not 1 <= number <= len(self._choices):
            await self._take(Said(text=str(number)))
            return
        choice = self._choices[number - 1]
        if choice.url:
            self.write(f"Open {choice.url}")
        elif choice.form is not None:
            self._open(choice.form, choice.id)
        else:
            await self._take(Chose(card=self._card, option=choice.id))

    async def _take(self, turn: Turn) -> None:
        try:
            with bind_turn(secrets.token_hex(6)):
                reply = await self.assistant.take_turn(
                    turn, key=self._key, asker=self.asker, place="terminal", is_public=False
                )
        except PencilError as error:
            log.error("turn.failed", cause=error)
            self.write(error.for_person)
            return
        await self.show(reply)

    @property
    def _key(self) -> ConversationKey:
        return ConversationKey(owner=self.owner, channel="terminal")

    async def show(self, reply: Reply) -> None:
        """Print a reply, and remember its buttons."""
        if reply.is_silent:
            return
        if reply.closes is not None:
            self.write("\n".join(lines_of(reply.closes, buttons=False)))
        number = len(self._choices) if reply.is_news and not reply.choices else 0
        if reply.choices or not reply.is_news:
            self._choices, self._card = reply.choices, reply.card
        self.write("\n".join(lines_of(reply, first=number + 1)))
        if reply.form is not None:
            self._open(reply.form, reply.form_option)
        await self.assistant.delivered(reply, "terminal")

    def _open(self, form: Form, option: str) -> None:
        self._form, self._option, self._answers = form, option, []
        self.write(form.title + (f": {form.intro}" if form.intro else ""))
        self._ask(form.fields[0])

    def _ask(self, wanted: FormField) -> None:
        options = ", ".join(label for _, label in wanted.options)
        extras = [
            options,
            wanted.hint,
            f"now: {wanted.value}" if wanted.value else "",
            "" if wanted.is_required else "optional",
        ]
        told = "; ".join(extra for extra in extras if extra)
        self.write(f"{wanted.label}{f' ({told})' if told else ''}:")

    async def _answer(self, text: str) -> None:
        form = self._form
        if form is None:
            return
        wanted = form.fields[len(self._answers)]
        by_label = {label.casefold(): value for value, label in wanted.options}
        self._answers.append((wanted.name, by_label.get(text.casefold(), text) or wanted.value))
        if len(self._answers) < len(form.fields):
            self._ask(form.fields[len(self._answers)])
            return
        self._form = None
        await self._take(Submitted(card=self._card, option=self._option, values=tuple(self._answers)))

    def _mentioned(self, line: str) -> tuple[Person, ...]:
        handles = {handle.casefold() for handle in re.findall(r"(?<![\w.])@(\w+)", line)}
        return tuple(person for person in self.people if (person.member or "").casefold() in handles)

    def _with_members(self, line: str) -> str:
        known = {(person.member or "").casefold(): person.member for person in self.people}

        def swap(match: re.Match[str]) -> str:
            member = known.get(match[1].casefold())
            return f"<@{member}>" if member else match[0]

        return re.sub(r"(?<![\w.])@(\w+)", swap, line)


def lines_of(reply: Reply, *, first: int = 1, buttons: bool = True) -> list[str]:
    """A reply as plain lines: its sentence, its card, then one numbered line a button."""
    lines = [reply.text]
    number = first
    for part in reply.parts:
        if isinstance(part, Tiles):
            lines.extend(line for line in map(_tile_line, part.tiles) if not _is_said(line, reply.text))
        if isinstance(part, Buttons | Menu | Tiles):
            if buttons:
                lines.extend(_button_lines(part, number))
                number += len(part.choices)
        else:
            is_needed = isinstance(part, Subheading)  # the rows below it lean on it
            lines.extend(line for line in _part_lines(part) if is_needed or not _is_said(line, reply.text))
    return [seen(line) for line in lines]


def _is_said(line: str, text: str) -> bool:
    """Whether every sentence of a line stands in the text already."""
    return all(sentence.rstrip(".") in text for sentence in line.split(". "))


def _part_lines(part: Part) -> Iterable[str]:
    match part:
        case Heading(text=text) | Subheading(text=text) | Line(text=text) | Note(text=text):
            return text.splitlines()
        case Moments(rows=moments):
            return [f"  {said}{rest}" for _, said, rest in moments]
        case Facts(rows=rows):
            width = max((len(label) for label, _ in rows), default=0)
            return [f"  {label:<{width}}  {value}" for label, value in rows]
        case _:
            return []


def _tile_line(tile: Tile) -> str:
    facts = ", ".join(piece for piece in (tile.subtitle, tile.body) if piece)
    return f"{tile.title}: {facts}" if facts else tile.title


def _button_lines(part: Buttons | Menu | Tiles, number: int) -> list[str]:
    title = part.title if isinstance(part, Buttons) else part.label if isinstance(part, Menu) else ""
    return [title] * bool(title) + [f"[{number + n}] {choice.label}" for n, choice in enumerate(part.choices)]


async def read_lines(chat: Terminal, stream: TextIO, *, is_terminal: bool) -> None:
    """Answer every line, in order, until the input ends or the person leaves."""
    if is_terminal:
        chat.write(GREETING)
    while (line := await asyncio.to_thread(_prompted if is_terminal else stream.readline)) != "":
        if line.strip() and not await chat.take_line(line.rstrip("\n")):
            return


def _prompted() -> str:
    """A line from a person, with line editing and history; empty at the end of input."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415  importing it gives `input` its line editing; not on every system
    try:
        return input("> ") + "\n"
    except EOFError:
        return ""


def plain_writer() -> Callable[[str], None]:
    """Writes to standard output without colour, flushed at once."""

    def write(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    return write


def colour_writer() -> Callable[[str], None]:
    """Writes with colour: the sentence bold, buttons cyan. Plain escape codes, known to every terminal."""
    plain = plain_writer()

    def write(text: str) -> None:
        lines = text.splitlines() or [""]
        plain("\n".join(_coloured(line, is_first=number == 0) for number, line in enumerate(lines)))

    return write


def _coloured(line: str, *, is_first: bool) -> str:
    if re.match(r"\[\d+\] ", line):
        return f"\x1b[36m{line}\x1b[0m"
    return f"\x1b[1m{line}\x1b[0m" if is_first else line
