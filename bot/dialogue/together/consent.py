"""Letting colleagues see when one is free: offered, granted with a press, asked for once a day, taken back at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import Done, Style
from bot.dialogue.acts.together import Asked, KeepConsent
from bot.dialogue.buttons import ButtonRow, press_button
from bot.dialogue.cards import AskColleague, GrantFree, RefuseFree, RememberPerson
from bot.dialogue.context import Letter
from bot.dialogue.conversation import Doing
from bot.dialogue.talk import Talk, closed, do, say, show
from bot.dialogue.together.letters import Poster
from bot.dialogue.wording import common
from bot.dialogue.wording.together import people as words
from bot.scheduling.accounts import Owner

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Step
    from bot.dialogue.families import TogetherRequest
    from bot.scheduling.models import Person

_ONCE = timedelta(days=1)
"""«Only this once» holds so long."""
_ASKED_FOR = timedelta(days=7)


def offer(talk: Talk, request: TogetherRequest) -> Step:
    """What colleagues would see, and the button that lets them."""
    text = words.may_they_see()
    buttons = (share_button("grant", style=Style.PRIMARY), _refuse_button())
    parts = (common.heading(words.see_heading()), common.line(text), ButtonRow(buttons=buttons))
    return show(talk, request, text, parts)


def share_button(option_id: str, *, style: Style = Style.PLAIN) -> Button:
    """Press: every colleague may see."""
    return press_button(option_id, words.share_free(), GrantFree(), style=style)


def _refuse_button() -> Button:
    """Press: nobody may see, and it stays so until they say otherwise."""
    return press_button("keep", words.keep_to_myself(), RefuseFree())


def withdraw(talk: Talk) -> Step:
    """Take all of it back."""
    return do(talk, KeepConsent(is_withdrawn=True), Doing.WITHDRAWING)


def granted(talk: Talk, outcome: Outcome) -> Step:
    """It holds now."""
    if not isinstance(outcome, Done) or not isinstance(outcome.effect, KeepConsent):
        return say(talk, common.broken(), is_personal=True)
    return closed(talk, None, words.granted_once() if outcome.effect.viewer else words.granted())


def withdrawn(talk: Talk, outcome: Outcome) -> Step:
    """Nobody sees anything any more."""
    if not isinstance(outcome, Done):
        return say(talk, common.broken(), is_personal=True)
    return (
        closed(talk, None, words.withdrawn()) if talk.facts.is_press else say(talk, words.withdrawn(), is_personal=True)
    )


def ask_button(number: int, person: Person, called: str) -> Button:
    """Press: that colleague is asked, once a day."""
    return press_button(f"ask{number}", words.ask(called), AskColleague(person=person))


def asked(talk: Talk, outcome: Outcome) -> Step:
    """The colleague has the question now, or has had one today."""
    if not isinstance(outcome, Asked):
        return say(talk, common.broken())
    name = outcome.person.name
    if not outcome.is_allowed:
        return say(talk, words.guests_may_not_ask(name), is_personal=True)
    if not outcome.is_first:
        return say(talk, words.asked_before(name), is_personal=True)
    step = say(talk, words.asked(name), is_personal=True)
    return step.with_letters(_question(talk, outcome.person))


def _question(talk: Talk, person: Person) -> Letter:
    """The question to them: everybody, this once, or no."""
    asker, context = talk.context.asker, talk.context
    to = Owner(context.key.owner.enterprise, context.key.owner.team, person.member or "")
    once = GrantFree(viewer=asker.member or "", until=talk.now + _ONCE)
    buttons = (
        press_button("grant", words.share_free(), GrantFree(), style=Style.PRIMARY),
        press_button("once", words.only_once(asker.name), once),
        _refuse_button(),
    )
    poster = Poster(id=f"{context.fresh_id}q", owner=to, asker=person.name, now=talk.now, until=talk.now + _ASKED_FOR)
    text = words.question(asker.name)
    parts = (common.line(text), common.line(words.what_is_seen()), ButtonRow(buttons=buttons))
    reply, card = poster.draw(text, parts)
    return Letter(reply=reply, to=to, card=card)


def remember_button(option_id: str, person: Person) -> Button:
    """Press: the address is kept, for this person only."""
    return press_button(option_id, words.remember(person.name), RememberPerson(person=person))


def remembered(talk: Talk, outcome: Outcome) -> Step:
    """It is kept."""
    return say(talk, words.remembered() if isinstance(outcome, Done) else common.broken(), is_personal=True)
