"""Routing forms: which there are, who answered, and which times some answers lead to, offered as the usual slots.

look ──> forms ──> which one? │ what it needs still │ Routed ──> the slots of the type that it leads to ──> the usual card
                └─> submissions
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Found, Look, LookUp, Style
from bot.dialogue.buttons import ButtonRow, form_button, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import FormRequest, SlotRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.finding.event_types import open_questions
from bot.dialogue.request import forms
from bot.dialogue.talk import Talk, do, say, show
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import forms as words
from bot.language.meaning import Intent
from bot.scheduling.hosting import FormSubmission, Routed, RoutingForm
from bot.scheduling.models import QuestionKind
from bot.scheduling.replacing import replace
from bot.scheduling.times import Interval

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.language.meaning import Understanding
    from bot.scheduling.models import Question

_MOST_SHOWN = 8
_MOST_OPTIONS = 5
_AHEAD = timedelta(days=7)
_LONGEST = timedelta(days=28)
_FEW = 4
"""Words of an answer to a question that is open."""


def look(talk: Talk, request: FormRequest) -> Step:
    """Read the forms, unless the service has none; or ask on, once the form is known."""
    can = talk.context.capabilities
    if can is None or not can.forms:
        return say(talk, words.no_forms_here(talk.service, is_old=can is not None and can.is_old))
    if request.intent is Intent.ROUTE_FORM and not can.routes:
        return say(talk, words.no_times(talk.service))
    if request.form is None:
        return do(talk.asking(request), LookUp(what=Look.FORMS), Doing.READING_FORMS)
    if request.intent is Intent.SHOW_SUBMISSIONS:
        return do(talk.asking(request), LookUp(what=Look.SUBMISSIONS, form=request.form), Doing.READING_SUBMISSIONS)
    return _route(talk, _filled(request), request.form)


def forms_found(talk: Talk, outcome: Outcome) -> Step:
    """The list, or on with the form that is meant."""
    request = talk.conversation.request
    if not isinstance(request, FormRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    every = tuple(one for one in outcome.values if isinstance(one, RoutingForm))
    if not every:
        return say(talk.asking(None), words.no_forms(), is_personal=True)
    if request.intent is Intent.SHOW_FORMS:
        return _list(talk, request, every)
    usable = tuple(one for one in every if one.is_open or request.intent is Intent.SHOW_SUBMISSIONS)
    meant = _meant(request, usable)
    if len(meant) != 1:
        return _ask_which(talk, request, meant or usable)
    return look(talk, replace(request, form=meant[0]))


def submissions_found(talk: Talk, outcome: Outcome) -> Step:
    """Who answered what, for the asker alone."""
    request = talk.conversation.request
    if not isinstance(request, FormRequest) or request.form is None or not isinstance(outcome, Found):
        return say(talk, common.broken())
    rows = [one for one in outcome.values if isinstance(one, FormSubmission)][:_MOST_SHOWN]
    if not rows:
        return say(talk.asking(None), words.nobody_yet(request.form), is_personal=True)
    lines = [
        words.submission_line(one, times.moment(one.sent_at, talk.zone, talk.now) if one.sent_at else "")
        for one in rows
    ]
    head = words.submissions(request.form, len(rows))
    text = f"{head} {' '.join(f'{line}.' for line in lines)}"
    parts = (common.heading(head.rstrip(":")), common.line("\n".join(lines)))
    return show(talk, replace(request, is_done=True), text, parts, is_live=False)


def routed(talk: Talk, outcome: Outcome) -> Step:
    """The times of the type that the answers lead to, as for any other wish."""
    request = talk.conversation.request
    if not isinstance(request, FormRequest) or request.form is None or not isinstance(outcome, Found):
        return say(talk, common.broken())
    found = next((one for one in outcome.values if isinstance(one, Routed)), None)
    if found is None or found.event_type is None:
        is_own = found is None or found.is_own
        said = words.leads_elsewhere(request.form) if is_own else words.leads_to_others(request.form)
        again = form_button("edit", "Other answers", forms.routing_form(request.form, request.answers), request)
        parts = (common.line(said), ButtonRow(buttons=(again,)))
        return show(talk, replace(request, is_done=True), said, parts, is_live=False)
    labels = {one.key: one.label or one.key for one in request.form.questions}
    given = [(labels.get(key, key), text) for key, text in request.answers]
    talk = talk.leading(words.leads_to(request.form, found.event_type, given))
    kind = found.event_type
    wish = SlotRequest(
        intent=Intent.BOOK if request.attendee is not None else Intent.FIND_SLOTS,
        event_type=kind.id,
        host_type=None if talk.event_type(kind.id) is not None else kind,
        attendee=request.attendee,
        moments=request.moments,
        zone=request.zone,
        asked_at=request.asked_at,
    )
    choice = looking.choice_for(talk, wish)
    if choice is None:
        return say(talk, common.broken())
    slots = looking.gathered(talk, wish, (found.slots,))
    return looking.answered(talk.asking(wish), wish, choice, propose.wish_of(wish, talk), slots)


def answered_by(u: Understanding, request: FormRequest) -> FormRequest | None:
    """The request with what a short text answers; None where it answers nothing that is open."""
    asked = next(iter(open_questions(request)), None)
    if asked is None:
        return None
    if u.option and u.option in asked.options:
        return _with(request, asked, u.option)
    if u.size > _FEW:
        return None
    if asked.kind is QuestionKind.NUMBER and u.bare is not None:
        return _with(request, asked, str(u.bare.number))
    if asked.kind is QuestionKind.EMAIL and u.emails:
        return _with(request, asked, u.emails[0])
    return None


def _with(request: FormRequest, question: Question, text: str) -> FormRequest:
    return replace(request, answers=(*request.answers, (question.key, text)))


def _list(talk: Talk, request: FormRequest, every: tuple[RoutingForm, ...]) -> Step:
    """The forms, each with its times where the service tells them."""
    lines = [words.form_line(one) for one in every[:_MOST_SHOWN]]
    can = talk.context.capabilities
    asking = replace(request, intent=Intent.ROUTE_FORM if can is not None and can.routes else Intent.SHOW_SUBMISSIONS)
    label = "Times of" if asking.intent is Intent.ROUTE_FORM else "Answers to"
    buttons = tuple(
        resume_button(f"f{number}", common.cut(f"{label} {one.name}", 70), replace(asking, form=one))
        for number, one in enumerate(every[:_MOST_OPTIONS], start=1)
        if one.is_open
    )
    text = f"Routing forms: {'; '.join(lines)}."
    parts = (common.heading("Routing forms"), common.line("\n".join(lines)), ButtonRow(buttons=buttons))
    return show(talk, replace(request, is_done=True), text, parts, is_live=False)


def _meant(request: FormRequest, every: tuple[RoutingForm, ...]) -> tuple[RoutingForm, ...]:
    """By the name that was said; the only one where none was."""
    if not request.named:
        return every
    said = set(request.named.casefold().split())
    return tuple(one for one in every if said & set(one.name.casefold().split()))


def _ask_which(talk: Talk, request: FormRequest, every: tuple[RoutingForm, ...]) -> Step:
    named = "" if _meant(request, every) else request.named
    buttons = tuple(
        resume_button(f"f{number}", common.cut(one.name, 70), replace(request, form=one, named=one.name))
        for number, one in enumerate(every[:_MOST_SHOWN], start=1)
    )
    text = f"{words.which_form(named)} {'; '.join(common.cut(one.name) for one in every[:_MOST_SHOWN])}."
    return show(talk, request, text, (common.line(words.which_form(named)), ButtonRow(buttons=buttons)))


def _filled(request: FormRequest) -> FormRequest:
    """With the answers that the text has given: an option's own words, the one number, the attendee's name and address."""
    given = dict(request.answers)
    questions = request.form.questions if request.form is not None else ()
    numbers = [one for one in questions if one.kind is QuestionKind.NUMBER]
    loose = {word.casefold() for word in request.loose}
    for one in questions:
        text = given.get(one.key) or _said(one, request, loose)
        if not text and request.amount and numbers == [one]:
            text = request.amount
        if text:
            given[one.key] = text
    return replace(request, answers=tuple(given.items()))


def _said(question: Question, request: FormRequest, loose: set[str]) -> str:
    named = [option for option in question.options if set(option.casefold().split()) <= loose]
    if named:
        return named[0] if len(named) == 1 else ""
    if request.attendee is None or question.options:
        return ""
    if question.kind is QuestionKind.EMAIL:
        return request.attendee.email or ""
    return request.attendee.name if question.key.casefold() == "name" else ""


def _route(talk: Talk, request: FormRequest, form: RoutingForm) -> Step:
    """Ask for what is missing, else for the times."""
    missing = open_questions(request)
    if missing:
        return _ask(talk, request, form, missing)
    wish = SlotRequest(intent=Intent.FIND_SLOTS, moments=request.moments, zone=request.zone)
    windows = propose.wish_of(wish, talk).windows
    first = min((window.start for window in windows), default=talk.now)
    last = max((window.end for window in windows), default=first) + _AHEAD
    window = Interval(max(first, talk.now), min(last, first + _LONGEST))
    effect = LookUp(what=Look.ROUTED, argument=form.id, answers=request.answers, window=window, zone=str(talk.zone))
    return do(talk.asking(request), effect, Doing.ROUTING)


def _ask(talk: Talk, request: FormRequest, form: RoutingForm, missing: tuple[Question, ...]) -> Step:
    """One question with few options as buttons; everything else in one form."""
    first = missing[0]
    is_choice = len(missing) == 1 and 0 < len(first.options) <= _MOST_OPTIONS
    label = first.label or first.key
    text = (
        words.wants_one_of(form, label, first.options)
        if is_choice
        else words.asks(form, [one.label or one.key for one in missing])
    )
    options = tuple(
        resume_button(f"o{number}", common.cut(option, 70), _with(request, first, option))
        for number, option in enumerate(first.options if is_choice else (), start=1)
    )
    style = Style.PLAIN if is_choice else Style.PRIMARY
    fill = form_button("fill", "Fill in", forms.routing_form(form, request.answers), request, style=style)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(*options, fill))))
