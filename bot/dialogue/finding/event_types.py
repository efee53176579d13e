"""Which event type a wish means: by name, then by length, then the usual one. Everything inferred is shown, nothing asked.

A required question of the type itself with a few options is asked: by buttons on the card, and the options named in words.
"""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import FormRequest, SlotRequest
from bot.dialogue.wording import common
from bot.language.meaning import Intent, Open
from bot.scheduling.models import QuestionKind
from bot.scheduling.reminding.habits import NO_HABITS
from bot.scheduling.replacing import replace
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import EventType, Question
    from bot.scheduling.reminding.habits import Habits

_USUAL_LENGTH = timedelta(minutes=30)
_MOST_OPTIONS = 5
"""Options that are offered as buttons; more stand in the form."""
_LONGEST_LABEL = 70
"""Letters of a button's label."""
_IS_REQUIRED = attrgetter("is_required")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChoice:
    """The type and length a wish is served with. `others` would do as well; `missed` is a length that none offers."""

    kind: EventType
    length: timedelta
    others: tuple[EventType, ...] = ()
    missed: timedelta | None = None

    @property
    def asked_length(self) -> timedelta | None:
        """The length to name to the provider: only for a type with several."""
        return self.length if len(self.kind.lengths) > 1 else None


def choose_type(request: SlotRequest, types: tuple[EventType, ...], habits: Habits = NO_HABITS) -> TypeChoice | None:
    """The best choice, or None when the account has no event type at all. `habits`: what the person has set as usual."""
    if request.host_type is not None:
        return _with_length(request.host_type, request)
    if request.event_type is not None:
        named = next((kind for kind in types if kind.id == request.event_type), None)
        if named is not None:
            return _with_length(named, request)
    usable = _usable(types)
    if not usable:
        return None
    if request.length is None:
        has_habit = bool(habits.event_type) or habits.length is not None
        return (_by_habit(types, usable, habits) if has_habit else None) or _usual(usable)
    fitting = sorted(
        (kind for kind in usable if request.length in kind.lengths),
        key=lambda kind: (kind.id != habits.event_type, kind.lengths[0] != request.length),
    )
    if fitting:
        return TypeChoice(kind=fitting[0], length=request.length, others=tuple(fitting[1:]))
    return _nearest(usable, request.length, request.length_side)


def _usable(types: tuple[EventType, ...]) -> tuple[EventType, ...]:
    """What may be inferred: visible personal types; failing these, any."""
    visible: list[EventType] = []
    personal: list[EventType] = []
    for kind in types:
        if not kind.is_hidden:
            visible.append(kind)
            if not kind.team:
                personal.append(kind)
    return tuple(personal or visible) or types


def _with_length(kind: EventType, request: SlotRequest) -> TypeChoice:
    length = request.length
    if length is None or length in kind.lengths:
        return TypeChoice(kind=kind, length=length or kind.length)
    return replace(_nearest((kind,), length, request.length_side), others=())


def _by_habit(types: tuple[EventType, ...], usable: tuple[EventType, ...], habits: Habits) -> TypeChoice | None:
    """What the person has set: their type, at their length where it has that; else the types of their length."""
    own = next((kind for kind in types if kind.id == habits.event_type), None)
    length = habits.length
    if own is not None:
        others = tuple(kind for kind in usable if kind.id != own.id)
        return TypeChoice(kind=own, length=length if length in own.lengths and length else own.length, others=others)
    fitting = [kind for kind in usable if length is not None and length in kind.lengths]
    if length is None or not fitting:
        return None
    kind = next((one for one in fitting if one.length == length), fitting[0])
    return TypeChoice(kind=kind, length=length, others=tuple(one for one in usable if one.id != kind.id))


def _usual(types: tuple[EventType, ...]) -> TypeChoice:
    plain = tuple(filter(_is_plain, types)) or types
    kind = plain[0]
    for one in plain:
        if one.length == _USUAL_LENGTH:
            kind = one
            break
    others = tuple(one for one in types if one.id != kind.id)
    return TypeChoice(kind=kind, length=kind.length, others=others)


def _nearest(types: tuple[EventType, ...], wanted: timedelta, side: Open | None) -> TypeChoice:
    """The nearest length offered, the longer of two equally near ones; a bound is kept where any length keeps it."""
    pairs = [(own, kind) for kind in types for own in kind.lengths]
    kept = [pair for pair in pairs if (pair[0] < wanted if side is Open.BEFORE else pair[0] > wanted)] if side else []
    length, kind = min(kept or pairs, key=lambda pair: _distance(pair[0], wanted))
    others = tuple(one for one in types if one.id != kind.id)
    return TypeChoice(kind=kind, length=length, others=others, missed=None if kept else wanted)


def _distance(own: timedelta, wanted: timedelta) -> tuple[timedelta, bool]:
    return abs(own - wanted), own < wanted


def _is_plain(kind: EventType) -> bool:
    """Whether nobody has to approve it, and nothing has to be answered."""
    return not kind.needs_approval and not any(map(_IS_REQUIRED, kind.questions))


def open_question(request: SlotRequest, kind: EventType) -> Question | None:
    """The first required question with options that has no answer yet."""
    answered = {key for key, text in request.answers if text}
    return next(
        (
            question
            for question in kind.questions
            if question.is_required
            and question.kind is QuestionKind.CHOICE
            and question.options
            and question.key not in answered
        ),
        None,
    )


def open_questions(request: FormRequest) -> tuple[Question, ...]:
    """What a routing form must be told still; nothing once it was asked."""
    answered = {key for key, text in request.answers if text}
    if request.form is None or request.is_done or request.intent is not Intent.ROUTE_FORM:
        return ()
    return tuple(one for one in request.form.questions if one.is_required and one.key not in answered)


def question_asked(talk: Talk) -> Question | None:
    """The question that the card shown last asks."""
    request = talk.conversation.request
    if isinstance(request, FormRequest):
        asked = next(iter(open_questions(request)), None)
        return asked if asked is not None and asked.options else None
    if not isinstance(request, SlotRequest) or request.slot is None or request.is_done:
        return None
    choice = choose_type(request, talk.context.event_types, talk.context.habits)
    return open_question(request, choice.kind) if choice is not None else None


def choices_of(talk: Talk) -> tuple[str, ...]:
    """What answers the question that is asked, or changes the answer of one that was answered already."""
    request = talk.conversation.request
    is_chosen = isinstance(request, SlotRequest) and request.slot is not None and not request.is_done
    if not is_chosen and not isinstance(request, FormRequest):
        return ()
    if (asked := question_asked(talk)) is not None:
        return asked.options
    if not isinstance(request, SlotRequest) or request.slot is None or request.is_done or not request.answers:
        return ()
    kind, answered = talk.event_type(request.event_type), dict(request.answers)
    questions = kind.questions if kind is not None else ()
    return next((one.options for one in questions if one.options and one.key in answered), ())


def option_row(request: SlotRequest, kind: EventType) -> ButtonRow:
    """One button an option; none where there is no such question, or there are many."""
    question = open_question(request, kind)
    if question is None or len(question.options) > _MOST_OPTIONS:
        return ButtonRow(buttons=())
    buttons = tuple(
        resume_button(
            f"o{number}",
            common.cut(option, _LONGEST_LABEL),
            replace(request, answers=(*request.answers, (question.key, option))),
        )
        for number, option in enumerate(question.options, start=1)
    )
    return ButtonRow(buttons=buttons, title=common.cut(question.label or question.key, _LONGEST_LABEL))
