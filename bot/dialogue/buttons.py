"""Buttons, and the parts of a card that hold them, before a card is drawn."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from bot.dialogue.acts import Choice, Form, Part, Style
from bot.dialogue.cards import (
    DecideAnew,
    FillIn,
    FollowLink,
    Keep,
    Option,
    WriteOut,
)
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.cards import Press
    from bot.dialogue.families import Request
    from bot.scheduling.writes import Write


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An option of a card with its looks."""

    option: Option
    style: Style = Style.PLAIN
    url: str = field(default="", repr=False)
    hint: str = ""

    @property
    def choice(self) -> Choice:
        """What the surface draws."""
        option = self.option
        return Choice(
            id=option.id, label=option.label, style=self.style, url=self.url, form=option.form, hint=self.hint
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonRow:
    """A row of buttons."""

    buttons: tuple[Button, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonMenu:
    """Many buttons behind one control."""

    label: str
    buttons: tuple[Button, ...]


def write_button(
    option_id: str,
    label: str,
    *writes: Write,
    style: Style = Style.PRIMARY,
    is_sequence: bool = True,
) -> Button:
    """Press: these writes, in order."""
    return press_button(option_id, label, WriteOut(writes=writes, is_sequence=is_sequence), style=style)


def resume_button(
    option_id: str, label: str, request: Request, *, hint: str = "", style: Style = Style.PLAIN
) -> Button:
    """Press: decide anew with that request."""
    return press_button(option_id, label, DecideAnew(request=request), style=style, hint=hint)


def stay_button(option_id: str, label: str, request: Request) -> Button:
    """Press: decide anew, in a new message, so that this card stays as it is."""
    return press_button(option_id, label, DecideAnew(request=request, stays=True))


def form_button(
    option_id: str, label: str, form: Form, request: Request | None = None, *, style: Style = Style.PLAIN
) -> Button:
    """Press: the form opens; what is sent revises the request, which is the card's where none is named."""
    return press_button(option_id, label, FillIn(form=form, request=request), style=style)


def keep_button(option_id: str, label: str) -> Button:
    """Press: the card is closed and nothing changes."""
    return press_button(option_id, label, Keep())


def link_button(option_id: str, label: str, url: str, *, style: Style = Style.PLAIN) -> Button:
    """Press: opens an address."""
    return Button(option=Option(id=option_id, label=label, press=FollowLink()), url=url, style=style)


def press_button(option_id: str, label: str, press: Press, *, style: Style = Style.PLAIN, hint: str = "") -> Button:
    """A button for any kind of press."""
    return Button(option=Option(id=option_id, label=label, press=press), style=style, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonTile:
    """One of several equal things with its buttons."""

    title: str
    subtitle: str = ""
    body: str = ""
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonTiles:
    """Equal things beside one another."""

    tiles: tuple[ButtonTile, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button on them."""
        return tuple(button for tile in self.tiles for button in tile.buttons)


CardPart = Part | ButtonRow | ButtonMenu | ButtonTiles
