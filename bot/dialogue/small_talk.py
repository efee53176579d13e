"""Help, greetings, thanks, and everything that is not about a calendar: one short answer, never a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Part, Reply
from bot.dialogue.context import Step
from bot.dialogue.conversation import Doing
from bot.dialogue.talk import Talk, say
from bot.dialogue.wording import booking as booking_words
from bot.dialogue.wording import common
from bot.dialogue.wording import small_talk as words
from bot.language.meaning import DoubtKind
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.language.meaning import Understanding

_FEW = 9
"""Words of a thank-you that asks for nothing more."""
_FEW_SIGNS, _BY_SIGNS = 24, frozenset(("ja", "zh"))
"""The same where every sign counts as a word."""
_MOST_READ = 60
"""A longer text without any wish in it is a paste, not talk."""


def is_thanks(understanding: Understanding) -> bool:
    """Whether thanks are all that it says: «ty!», «thanks a lot»."""
    u = understanding
    says_more = u.moments or u.emails or u.mentions or u.length or u.has(Cue.QUESTION)
    most = _FEW_SIGNS if u.language in _BY_SIGNS else _FEW
    return u.size <= most and not says_more


def is_empty(understanding: Understanding) -> bool:
    """Whether a text without words has nothing in it: no more than emoji and punctuation."""
    return not (understanding.emails or understanding.mentions)


def help_(talk: Talk) -> Step:
    """What can be said."""
    lines = words.help_lines()
    parts: tuple[Part, ...] = (
        common.heading(words.help_heading()),
        *(common.line(line) for line in lines),
        common.small(words.help_foot()),
    )
    text = f"{words.help_heading()}: {'; '.join(lines)}. {words.help_foot()}"
    told = talk.noting(lead="", unread="").having(last_said=words.help_heading(), doing=Doing.NOTHING)
    return Step(conversation=told.conversation, reply=Reply(text=text, parts=parts))


def hello(talk: Talk) -> Step:
    """A greeting back, with a first step."""
    name = talk.context.asker.name.split()
    return say(talk, words.hello(common.cut(name[0], 30) if name else ""))


def thanks(talk: Talk) -> Step:
    """A short nod."""
    return say(talk, words.welcome())


def goodbye(talk: Talk) -> Step:
    """«see you monday»: nothing is planned by it."""
    return say(talk, words.goodbye())


def out_of_scope(talk: Talk, understanding: Understanding) -> Step:
    """One line; an offer when a time or a person was named in passing."""
    if (unread := understanding.doubt(DoubtKind.OTHER_SCRIPT)) is not None:
        return say(talk, words.other_script(common.cut(understanding.text[unread.span.start : unread.span.end], 60)))
    if understanding.mentions or (understanding.moments and understanding.size < _MOST_READ):
        return say(talk, booking_words.in_passing())
    return say(talk, words.not_for_me())


def nothing_said(talk: Talk) -> Step:
    """A text without a word in it."""
    return say(talk, words.nothing_said())
