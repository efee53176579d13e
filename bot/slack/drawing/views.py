"""Home page and forms as Slack views, and what was typed into a form read back. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.dialogue.acts import FieldKind, FormField
from bot.scheduling.times import zone_called
from bot.slack.drawing import blocks as kit
from bot.slack.drawing import phrases
from bot.slack.drawing.render import card_blocks
from bot.slack.drawing.text import plain
from bot.slack.ids import FieldId, read_field, write_field, write_origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.dialogue.acts import Form, HomePage
    from bot.slack.drawing.blocks import Block
    from bot.slack.ids import FormOrigin
    from bot.slack.receiving.payloads import State, Value

CALLBACK = "p1/form"
MEMBER = "member"
"""The field of whoever was chosen from Slack's menu of people."""
_LONGEST_INPUT = 3000
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


# ── the home page ──────────────────────────────────────────────────────────────────────────────────────────────────────


def home_view(page: HomePage) -> Block:
    """The home page: its sections under one another, a thin line between them."""
    out: list[Block] = []
    for section in page.sections:
        room = kit.MOST_VIEW_BLOCKS - len(out) - (2 if out else 1)
        if room < 1:
            break
        rows = card_blocks(section, most=min(room, kit.MOST_BLOCKS))
        out += [kit.divider(), *rows] if out else rows
    return {"type": "home", "blocks": out[: kit.MOST_VIEW_BLOCKS]}


# ── forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def form_view(form: Form, origin: FormOrigin, *, callback: str = CALLBACK) -> Block:
    """The form as a modal. Its metadata names the card it belongs to and nothing else."""
    intro = [kit.paragraph(form.intro)] if form.intro else []
    return {
        "type": "modal",
        "callback_id": callback,
        "title": kit.plain_text(form.title, 24),
        "submit": kit.plain_text(form.submit, 24),
        "close": kit.plain_text("Cancel", 24),
        "private_metadata": write_origin(origin),
        "blocks": [*intro, *(block for field in form.fields[: kit.MOST_VIEW_BLOCKS // 2] for block in _inputs(field))],
    }


def _inputs(field: FormField) -> list[Block]:
    """The field; somebody to write to is chosen from Slack's own menu of people, or typed below it."""
    if field.kind is not FieldKind.ADDRESSEE:
        return [_input(field)]
    menu = FormField(name=MEMBER, label=phrases.attendee(), kind=FieldKind.PERSON, is_required=False)
    element = _typed(field)
    name = write_field(FieldId(field.name, field.kind, field.is_required))
    return [_input(menu), kit.input_block(phrases.or_address(), element, block_id=name, is_required=False)]


def _input(field: FormField) -> Block:
    hint = field.hint
    if field.kind is FieldKind.SECRET:
        hint = f"{hint} {phrases.secret_hint()}".strip()
    return kit.input_block(
        field.label,
        _ELEMENTS[field.kind](field),
        block_id=write_field(FieldId(field.name, field.kind, field.is_required)),
        hint=hint,
        is_required=field.is_required,
    )


def _typed(field: FormField) -> Block:
    # Plain inputs for mail, number and web address too: one look on every client, and our own sentence when it is wrong.
    element: Block = {"type": "plain_text_input", "action_id": "typed", "max_length": _LONGEST_INPUT}
    if field.kind is FieldKind.LONG_TEXT:
        element["multiline"] = True
    if field.value and field.kind is not FieldKind.SECRET:
        element["initial_value"] = plain(field.value, _LONGEST_INPUT)
    return element


def _one_of(field: FormField) -> Block:
    options = _options(field)
    if not options:
        return _typed(field)
    element = kit.select("Choose one", options, action_id="chosen")
    return _with_initial(element, "initial_option", _chosen(options, field.value)[:1])


def _some_of(field: FormField) -> Block:
    options = _options(field)
    if not options:
        return _typed(field)
    if len(options) > kit.MOST_CHECKBOXES:
        element = kit.select("Choose any", options, action_id="chosen") | {"type": "multi_static_select"}
    else:
        element = {"type": "checkboxes", "options": options, "action_id": "chosen"}
    chosen = _chosen(options, field.value)
    return element | {"initial_options": chosen} if chosen else element


def _with_initial(element: Block, name: str, chosen: list[Block]) -> Block:
    return element | {name: chosen[0]} if chosen else element


def _options(field: FormField) -> list[Block]:
    return [kit.option(label or value, value) for value, label in field.options[: kit.MOST_OPTIONS] if value]


def _chosen(options: list[Block], value: str) -> list[Block]:
    wanted = set(value.split("\n"))
    return [one for one in options if one["value"] in wanted]


def _date(field: FormField) -> Block:
    element: Block = {"type": "datepicker", "action_id": "picked"}
    return element | {"initial_date": field.value} if _DATE.fullmatch(field.value) else element


def _time(field: FormField) -> Block:
    element: Block = {"type": "timepicker", "action_id": "picked"}
    return element | {"initial_time": field.value} if _TIME.fullmatch(field.value) else element


def _people(field: FormField) -> Block:
    """Slack's own menu of people; who is chosen comes back as an id."""
    kind = "users_select" if field.kind is FieldKind.PERSON else "multi_users_select"
    return {"type": kind, "action_id": "people", "placeholder": kit.plain_text("Choose people", 150)}


_ELEMENTS: dict[FieldKind, Callable[[FormField], Block]] = {
    FieldKind.TEXT: _typed,
    FieldKind.LONG_TEXT: _typed,
    FieldKind.EMAIL: _typed,
    FieldKind.NUMBER: _typed,
    FieldKind.URL: _typed,
    FieldKind.PHONE: _typed,
    FieldKind.SECRET: _typed,
    FieldKind.ZONE: _typed,
    FieldKind.ADDRESSEE: _typed,
    FieldKind.CHOICE: _one_of,
    FieldKind.CHOICES: _some_of,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.PERSON: _people,
    FieldKind.PEOPLE: _people,
}


# ── reading a form back ────────────────────────────────────────────────────────────────────────────────────────────────


def form_values(state: State | None) -> tuple[tuple[str, str], ...]:
    """(field name, text) for every field that is ours; several choices stand on lines of their own."""
    found = ((read_field(block_id), tuple(inputs.values())) for block_id, inputs in _rows(state))
    return tuple((field.name, _text(inputs[0]) if inputs else "") for field, inputs in found if field)


def form_errors(state: State | None) -> dict[str, str]:
    """What is wrong with which input, by block id; empty when the form can be taken."""
    out: dict[str, str] = {}
    typed: dict[str, tuple[str, str]] = {}
    for block_id, inputs in _rows(state):
        field = read_field(block_id)
        text = _text(next(iter(inputs.values()))) if inputs else ""
        if field is None:
            continue
        typed[field.name] = (block_id, text)
        if wrong := _wrong(field, text):
            out[block_id] = wrong
        if field.kind == FieldKind.ADDRESSEE and field.is_required and not text and not typed.get(MEMBER, ("", ""))[1]:
            out[block_id] = phrases.nobody_chosen()
    return _open_stretch(typed) | out


def form_blocks_of(state: State | None) -> dict[str, str]:
    """The block id of each of our fields, by its name."""
    return {field.name: block_id for block_id, _ in _rows(state) if (field := read_field(block_id))}


def first_block(state: State | None) -> str:
    """The first input's block id, empty when the form has none."""
    return next((block_id for block_id, _ in _rows(state)), "")


def _rows(state: State | None) -> list[tuple[str, dict[str, Value]]]:
    return list(state.values.items()) if state else []


def _text(value: Value) -> str:
    options = value.selected_options or ([value.selected_option] if value.selected_option else [])
    if options:
        return "\n".join(option.value for option in options)
    if value.selected_users:
        return "\n".join(value.selected_users)
    return (value.value or value.selected_user or value.selected_date or value.selected_time or "").strip()


def _wrong(field: FieldId, text: str) -> str:
    if not text:
        return phrases.missing() if field.is_required and field.kind != FieldKind.ADDRESSEE else ""
    if field.kind == FieldKind.ZONE:
        return "" if zone_called(text) else phrases.no_such_zone()
    pattern, sentence = _CHECKS.get(field.kind, (None, phrases.missing))
    return sentence() if pattern and not pattern.fullmatch(text) else ""


def _open_stretch(typed: dict[str, tuple[str, str]]) -> dict[str, str]:
    """A stretch whose other end is missing: fields that are called «…_from» and «…_to» belong together."""
    out: dict[str, str] = {}
    for name, (block_id, text) in typed.items():
        stem, _, side = name.rpartition("_")
        other = typed.get(f"{stem}_to" if side == "from" else f"{stem}_from") if side in {"from", "to"} else None
        if other is not None and other[1] and not text:
            out[block_id] = phrases.half_stretch()
    return out


_CHECKS: dict[str, tuple[re.Pattern[str], Callable[[], str]]] = {
    FieldKind.ADDRESSEE: (re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+"), phrases.bad_mail),
    FieldKind.EMAIL: (re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+"), phrases.bad_mail),
    FieldKind.NUMBER: (re.compile(r"[-+]?\d{1,12}([.,]\d{1,6})?"), phrases.bad_number),
    FieldKind.URL: (re.compile(r"https?://[^\s<>\"']+\.?[^\s<>\"']*", re.IGNORECASE), phrases.bad_address),
    FieldKind.PHONE: (re.compile(r"\+?[\d ()./-]{5,30}"), phrases.bad_phone),
}
