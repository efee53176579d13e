"""Names become people: the one who is meant is put into the wish, of several one question asks, nobody is guessed.

A name that fits nobody stays a name, and the card asks for the address as it always did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts.together import FindPeople, PeopleFound
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, SlotRequest, TogetherRequest
from bot.dialogue.talk import Talk, do, go_on, say, show
from bot.dialogue.together.company import Peopled, bare_names, joined, people_of, renamed
from bot.dialogue.wording import common
from bot.dialogue.wording.together import people as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.acts.together import Known
    from bot.dialogue.context import Decision, Step
    from bot.scheduling.models import Person

_MOST_NAMESAKES = 8


def look_for(talk: Talk, request: Peopled) -> Step | None:
    """Ask who the bare names of the wish are; None when there is none."""
    names = bare_names(request)
    groups, in_thread = (request.groups, request.in_thread) if isinstance(request, SlotRequest) else ((), False)
    if not names and not groups and not in_thread:
        return None
    return do(talk.asking(request), FindPeople(names=names, groups=groups, in_thread=in_thread), Doing.NAMING)


def people_found(talk: Talk, outcome: Outcome) -> Decision:
    """Put everybody who was found into the wish, or ask which one is meant."""
    request = talk.conversation.request
    if not isinstance(request, SlotRequest | TogetherRequest | BookingRequest) or not isinstance(outcome, PeopleFound):
        return say(talk, common.broken())
    for name, known in outcome.found:
        here = [one for one in known if one.person.member is None or one.person.member != talk.context.asker.member]
        active = [one for one in here if not one.is_deactivated]
        if len(active) > 1:
            return _which(talk, request, name, active[:_MOST_NAMESAKES])
        if len(active) == 1:
            request = _meant(request, name, active[0].person)
            talk = talk.leading(words.is_guest(active[0].person.name)) if active[0].is_guest else talk
        else:
            talk = talk.leading(words.has_left(here[0].person.name)) if here else talk
            request = _outside(request, name)
    if isinstance(request, SlotRequest) and (request.groups or request.in_thread):
        if not outcome.gathered:
            talk = talk.leading(words.nobody_gathered(request.groups))
        others = [one for one in outcome.gathered if one.member != talk.context.asker.member]
        request = joined(replace(request, groups=(), in_thread=False), others)
    return go_on(_with_unknown(talk, request), request)


def _with_unknown(talk: Talk, request: Peopled) -> Talk:
    """That of several people, or of the one who is asked about, nobody is known to us; of some the answer itself says it."""
    people = people_of(request)
    least = 1 if request.intent is Intent.FIND_SLOTS else 2
    is_unknown = len(people) >= least and not any(one.member or one.email or one.zone for one in people)
    return talk.leading(words.unknown([one.name for one in people])) if is_unknown else talk


def _which(talk: Talk, request: Peopled, name: str, known: list[Known]) -> Step:
    people = [one.person for one in known]
    buttons = tuple(
        resume_button(f"w{number}", words.namesake(person, people), _meant(request, name, person))
        for number, person in enumerate(people, start=1)
    )
    other = resume_button("other", words.somebody_else(), _outside(request, name))
    text = words.which_one(name, people)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(*buttons, other))))


def _meant(request: Peopled, name: str, person: Person) -> Peopled:
    return renamed(request, lambda one: person if one.name == name and not one.email and not one.member else one)


def _outside(request: Peopled, name: str) -> Peopled:
    return replace(request, outsiders=(*request.outsiders, name.casefold()))
