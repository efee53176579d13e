"""What would have to be asked: a sign that changes what is meant and that nobody took up, or a second act.

Whether a word matters is a matter of its kind, never of a list of words that may be lost. For what only looks the bar is
lower: an exception that was not understood still matters there, a second act or a condition does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.language.atoms import PEOPLE
from bot.language.cues.hours import stretches_named
from bot.language.cues.verbs import act_at
from bot.language.entities.people.unnamed import may_be_unnamed, unnamed_guest
from bot.language.meaning import Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance

WRITING = frozenset(
    (
        Intent.BOOK, Intent.HOLD, Intent.CANCEL, Intent.RESCHEDULE, Intent.APPROVE, Intent.DECLINE, Intent.ADD_GUESTS,
        Intent.MARK_ABSENT, Intent.CHANGE_PLACE, Intent.SET_HOURS, Intent.TIME_OFF, Intent.CREATE_EVENT_TYPE,
        Intent.CHANGE_EVENT_TYPE, Intent.DELETE_EVENT_TYPE, Intent.CREATE_SCHEDULE, Intent.DELETE_SCHEDULE,
        Intent.CHANGE_PROFILE, Intent.CREATE_WEBHOOK, Intent.DELETE_WEBHOOK, Intent.CREATE_LINK, Intent.DISCONNECT,
    )
)  # fmt: skip
"""Intents whose card writes."""
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_LOOKING = frozenset((Intent.FIND_SLOTS, Intent.LIST_BOOKINGS))
_ON_TIMES = frozenset((Intent.BOOK, Intent.HOLD, Intent.CANCEL, Intent.RESCHEDULE, Intent.ADD_GUESTS))
"""Wishes in which an unread «not» is about the meeting; elsewhere («don't work on fridays») it is the wish itself."""
_OF_HOURS = frozenset((Intent.SET_HOURS, Intent.TIME_OFF, Intent.CREATE_SCHEDULE))
"""Wishes in which every number is a clock or a date."""
_ANSWERS_NO = frozenset(
    (
        Cue.STAYS,
        Cue.NO,
        Cue.ASKS_NO_MAIL,
        Cue.CLOSES,
        Cue.LEAVES_OPEN,
        Cue.TAKES_BACK,
        Cue.CORRECTED,
        Cue.UNDO,
        Cue.HOST_ABSENT,
    )
)
"""Cues that a «not» may be part of."""
_NOT_SO = frozenset(
    (
        "going",
        "having",
        "doing",
        "happening",
        "needed",
        "need",
        "want",
        "make",
        "longer",
        "able",
        "attending",
        "necessary",
    )
)
"""What stands behind a «not» that tells why a meeting goes."""
_FAR = 40
"""Letters between an exception and the time that it leaves out."""
_BESIDE = 14
"""Letters between a «not» and the time that it is said of («can't do 3pm», «15 uhr geht nicht»)."""
_WITH_REASON = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.DECLINE))
_BETWEEN = frozenset(("ever", "please", "just", "bitte", "to"))
_SUBJECTS = frozenset(("i", "we", "he", "she", "they", "it", "that", "ich", "wir", "er", "sie", "es"))
_CAN = frozenset(
    (
        *(
            "puede",
            "podrá",
            "pueden",
            "viene",
            "vendrá",
            "puedo",
            "può",
            "riesce",
            "potrà",
            "possono",
            "pode",
            "consegue",
        ),
        *(
            "vem",
            "podem",
            "poderá",
            "peut",
            "pourra",
            "vient",
            "peuvent",
            "posso",
            "peux",
            "kan",
            "komt",
            "kann",
            "kommt",
        ),
    )
)
"""What somebody cannot do who does not come."""
_CANNOT_COME = (
    "来不了",
    "不能来",
    "不来",
    "没空",
    "没时间",
    "来られない",
    "来れない",
    "無理",
    "出られない",
    "参加できない",
)
_MARKS = frozenset((",", ";", ".", "，", "、", "。", "-", "–"))
_ENDS_CLAUSE = frozenset((",", ";", ".", "-", "–"))
_BY_SIGNS = frozenset(("ja", "zh"))
_NO = frozenset(("no", "nope", "nah", "nein", "nee", "ne", "non", "não"))
_BECAUSE = (",", "，", "、", "ので", "から", "ため")
_CLAUSE = 5
"""Words of a clause behind its «not», and in front of the act in the next one."""
_NEAR = 3
"""Tokens between a sign and what takes it up."""


class Account:
    """What was taken up of a text: the stretches that times, exceptions and others stand on."""

    __slots__ = ("left_out", "people", "signs", "taken", "utterance")

    def __init__(
        self,
        utterance: Utterance,
        signs: tuple[Sign, ...],
        taken: Iterable[Span],
        left_out: Collection[Sign],
        people: Iterable[Span] = (),
    ) -> None:
        self.utterance, self.signs, self.left_out = utterance, signs, left_out
        self.taken = tuple(taken)
        atoms = (utterance.starts[at] for at, (kind, _) in utterance.atoms.items() if kind in PEOPLE)
        self.people = (*(span.start for span in people), *atoms)
        """Where somebody is named."""

    def is_plain_look(self, intent: Intent) -> bool:
        """Whether a look for times is a wish all the same: no question, so that its card can be booked."""
        asks = (Cue.QUESTION, Cue.ASKS_FREE, Cue.ANYTHING, Cue.ASKS)
        return intent is Intent.FIND_SLOTS and not any(sign.cue in asks for sign in self.signs)

    def takes_up_not(self, sign: Sign, intent: Intent, excluded: tuple[Span, ...], parts: list[Span]) -> bool:
        """Whether a «not» was read: in an answer, an exception, a time, a topic or a reason."""
        start = sign.span.start
        answers = (Cue.NO, Cue.CORRECTED)
        if any(
            one.span.start <= start < one.span.end and (one.cue in answers or one in self.left_out)
            for one in self.signs
        ):
            return True
        if self.is_of_company(start):
            return True
        if any(sign.span.end <= span.start <= sign.span.end + _BESIDE for span in excluded):
            return True
        if self.is_of_correction(sign):
            return True
        if intent is Intent.CANCEL and self.is_no_longer(sign):
            return True
        if self.negates_act(sign, intent):
            return False
        if any(part.start <= start < part.end for part in (*parts, *self.taken)):
            return True
        if any(other.cue is Cue.EXCEPT and other.span.start <= start <= other.span.end + 1 for other in self.signs):
            return True
        if any(start <= span.start <= sign.span.end + _FAR or 0 <= start - span.end <= _BESIDE for span in excluded):
            return True
        return intent in _WITH_REASON and (self.is_reason(start) or self.tells_why(sign) or self.is_why_in_front(sign))

    def is_of_company(self, start: int) -> bool:
        """«dana and omar on friday, omar doesn't have to come»: of somebody who is invited all the same."""
        signs = [one for one in self.signs if one.cue is Cue.OPTIONAL and one.span.start <= start < one.span.end]
        words, starts = self.utterance.words, self.utterance.starts
        return any(words.count(words[bisect_left(starts, one.span.start)]) > 1 for one in signs)

    def is_of_correction(self, sign: Sign) -> bool:
        """«…, hmm no make it 10», «oh no wait, 10»: the no of what takes something back."""
        if self.utterance.text[sign.span.start : sign.span.end].lower() not in _NO:
            return False
        spans = (one.span for one in self.signs if one.cue is Cue.CORRECTED)
        return any(0 <= sign.span.start - one.end <= 1 or 0 <= one.start - sign.span.end <= 1 for one in spans)

    def is_no_longer(self, sign: Sign) -> bool:
        """«let's not do the sync», «i'm not meeting omar»: what is said not to happen is what is cancelled."""
        index = bisect_left(self.utterance.starts, sign.span.start)
        before, behind = self.utterance.words[index - 1 : index], self.utterance.words[index + 1 : index + 2]
        is_ours = before in (("i'm",), ("im",), ("we're",)) and behind in (("meeting",), ("seeing",))
        return is_ours or before in (("let's",), ("lets",))

    def is_of_bound(self, sign: Sign) -> bool:
        """«but not after 4»: the words of an exception are those of a bound, or lead to it, which was read as a time."""
        return any(
            one.cue is Cue.BOUND
            and one.span.start <= sign.span.end + 1
            and sign.span.start < one.span.end
            and self.is_near(one.span)
            for one in self.signs
        )

    def is_kept_by_card(self, sign: Sign) -> bool:
        """«if friday at 2 is free»: the time itself is meant, nobody's leave and nothing negated."""
        free = next(
            (one.span for one in self.signs if one.cue is Cue.IF_FREE and one.span.start == sign.span.start), None
        )
        if free is None:
            return False
        inside = (one.span.start for one in self.signs if one.cue is Cue.NEGATED)
        return not any(free.start <= start < free.end for start in (*inside, *self.people))

    def negates_act(self, sign: Sign, intent: Intent) -> bool:
        """«don't book …», «never move …»: what is said not to happen is the act itself; not in «don't cancel, move it»."""
        words = self.utterance.words
        index = bisect_left(self.utterance.starts, sign.span.end)
        end = index + 2 if words[index : index + 2] == ("make", "it") else index
        is_one = not any(one > sign.span.end for one in self.people)
        if is_one and (words[end] in _ENDS_CLAUSE if end < len(words) else end > index):
            return False  # «lena can't make it, move her to friday», «move lena to friday, i can't make it»
        while index < len(words) and (not words[index][:1].isalnum() or words[index] in _BETWEEN):
            index += 1
        act = act_at(words, index, self.utterance.language) if index < len(words) else None
        return act is not None and not (act[0] in _ON_STANDING and intent in _ON_STANDING and act[0] is not intent)

    def tells_why(self, sign: Sign) -> bool:
        """«i won't make it, cancel it», «no longer needed»: what is not so is why; «not omar» is no such thing."""
        words, starts = self.utterance.words, self.utterance.starts
        index = bisect_left(starts, sign.span.start)
        is_auxiliary = index > 0 and "'" in words[index] and words[index].endswith("t")
        behind = words[index + 1 : index + 3]
        return is_auxiliary or any(word in _NOT_SO for word in behind)

    def is_reason(self, start: int) -> bool:
        """«cancel lena, she doesn't need it»: somebody's clause behind the act."""
        words = self.utterance.words
        index = bisect_left(self.utterance.starts, start)
        if index > _NEAR and any(word in _SUBJECTS for word in words[index - 2 : index]):
            return True
        return self.is_unable(index)

    def is_unable(self, index: int) -> bool:
        """«cancela a sam, que no puede», «取消sam的会，他来不了»: somebody cannot, told behind a mark."""
        words, starts, text = self.utterance.words, self.utterance.starts, self.utterance.text
        mark = next((at for at in range(index - 1, max(index - _CLAUSE, 0), -1) if words[at] in _MARKS), 0)
        if not mark or any(one > starts[mark] for one in self.people):
            return False
        if self.utterance.language in _BY_SIGNS:
            return any(word in text[starts[mark] :] for word in _CANNOT_COME)
        around = (*words[index - 1 : index], *words[index + 1 : index + 3])
        return not _CAN.isdisjoint(around)

    def is_why_in_front(self, sign: Sign) -> bool:
        """«lena kann nicht, verschieb sie auf freitag»: somebody's clause in front of the act."""
        words, starts, text = self.utterance.words, self.utterance.starts, self.utterance.text
        first = bisect_left(starts, sign.span.start)
        if any(one > sign.span.end for one in self.people):
            return False  # «lena can't, cancel sam» names two
        if self.utterance.language in _BY_SIGNS:
            behind = text[sign.span.end : sign.span.end + _CLAUSE]
            is_told = any(one < sign.span.start for one in self.people) and any(mark in behind for mark in _BECAUSE)
            return is_told and not any(one.cue is Cue.NEGATED and one.span.start > sign.span.end for one in self.signs)
        mark = next((at for at in range(first, min(first + _CLAUSE, len(words))) if words[at] in _ENDS_CLAUSE), 0)
        if not mark or not (
            any(one < sign.span.start for one in self.people) or not _SUBJECTS.isdisjoint(words[:first])
        ):
            return False
        language = self.utterance.language
        acts = (act_at(words, at, language) for at in range(mark + 1, min(mark + _CLAUSE, len(words))))
        is_told = any(act is not None and act[0] in _ON_STANDING for act in acts)
        return is_told and all(act_at(words, at, language) is None for at in range(mark))

    def is_inside_time(self, sign: Sign) -> bool:
        """«a las cuatro menos cuarto»: the word is part of what was read."""
        return any(one.start < sign.span.start and sign.span.end <= one.end for one in self.taken)

    def is_near(self, span: Span) -> bool:
        """Whether something was read on the sign, or right behind it."""
        starts = self.utterance.starts
        end = bisect_left(starts, span.end) + _NEAR
        reach = self.utterance.ends[min(end, len(starts)) - 1]
        return any(one.start < reach and span.start < one.end for one in self.taken)


_MATTERING = frozenset((Cue.EXCEPT, Cue.NEGATED, Cue.CONDITION, Cue.BOUND, Cue.COMPARISON))


def may_doubt(intent: Intent, cues: Collection[Cue], utterance: Utterance) -> bool:
    """Whether anything of a text with these cues can have gone unread that matters."""
    may_add = intent in _INVITING and may_be_unnamed(utterance)
    return may_add or intent in _OF_HOURS or not _MATTERING.isdisjoint(cues)


def unread_doubts(
    account: Account, intent: Intent, excluded: Iterable[Span], quiet: Collection[int]
) -> tuple[Doubt, ...]:
    """Signs that nobody took up; `excluded` are the spans of excluded times, `quiet` tokens are quoted or idioms."""
    found = [*(_unread_hours(account, quiet) if intent in _OF_HOURS else ()), *_unnamed_guests(account, intent)]
    if _MATTERING.isdisjoint([sign.cue for sign in account.signs]):
        return tuple(found)
    excluded = tuple(excluded)
    is_corrected = any(sign.cue is Cue.CORRECTED for sign in account.signs)
    in_no = {*_ANSWERS_NO, Cue.WRONG_TIME} if is_corrected else _ANSWERS_NO
    parts = [sign.span for sign in account.signs if sign.cue in in_no]
    starts = account.utterance.starts
    for sign in account.signs:
        if bisect_left(starts, sign.span.start) in quiet:
            continue
        if _matters(account, sign, intent, excluded, parts):
            found.append(Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=sign.span, cue=sign.cue))
    return tuple(found)


def _unread_hours(account: Account, quiet: Collection[int]) -> list[Doubt]:
    """«mondays before 11 and fridays after 3», of which one was read: a number that nobody read is an hour."""
    if stretches_named(account.utterance):
        return []
    words, starts, ends = account.utterance.words, account.utterance.starts, account.utterance.ends
    read = (*account.taken, *(sign.span for sign in account.signs))
    for at, word in enumerate(words):
        is_clock = word[:1].isdigit() and at not in quiet and at not in account.utterance.atoms
        if is_clock and not any(span.start <= starts[at] < span.end for span in read):
            span = Span(starts[max(at - 1, 0)], ends[at])
            return [Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=span, cue=Cue.BOUND)]
    return []


def _matters(account: Account, sign: Sign, intent: Intent, excluded: tuple[Span, ...], parts: list[Span]) -> bool:
    is_write = intent in WRITING
    match sign.cue:
        case Cue.EXCEPT:
            if account.is_of_bound(sign) or account.is_inside_time(sign):
                return False
            if not (is_write or intent in _LOOKING) or sign in account.left_out:
                return False
            return not any(_takes_up(span, sign) for span in excluded)
        case Cue.NEGATED:
            if intent not in _ON_TIMES and not account.is_plain_look(intent):
                return False
            return not account.takes_up_not(sign, intent, excluded, parts)
        case Cue.CONDITION:
            if intent is Intent.CREATE_WEBHOOK:
                return False  # «a webhook if someone cancels»: of what it tells
            may_write = is_write or account.is_plain_look(intent) or (intent is Intent.SELECT and bool(account.people))
            return may_write and not account.is_kept_by_card(sign)
        case Cue.BOUND | Cue.COMPARISON:
            return is_write and not account.is_near(sign.span)
        case _:
            return False


_INVITING = frozenset((Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS, Intent.ADD_GUESTS))


def _unnamed_guests(account: Account, intent: Intent) -> tuple[Doubt, ...]:
    """«book lena and her boss»: who stands behind a person, by nothing but what they are to them."""
    if intent not in _INVITING or not account.people or not may_be_unnamed(account.utterance):
        return ()
    span = unnamed_guest(account.utterance, account.people)
    is_time = span is not None and any(one.start <= span.start and span.end <= one.end for one in account.taken)
    return (Doubt(kind=DoubtKind.UNNAMED_GUEST, span=span),) if span is not None and not is_time else ()


def _takes_up(span: Span, sign: Sign) -> bool:
    """Whether an excluded time is what an exception leaves out."""
    is_behind = 0 <= sign.span.start - span.end <= 2  # «wednesday excluded»
    return (
        sign.span.start <= span.start <= sign.span.end + _FAR or span.start <= sign.span.start < span.end or is_behind
    )


_OTHER_SCRIPTS = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f\uac00-\ud7af]{2,}"
)


def other_script(text: str, unread: Iterable[Span]) -> tuple[Doubt, ...]:
    """Words of Arabic, Russian, Korean and others that nobody read: a day may be among them."""
    if text.isascii():
        return ()
    found = [span for span in unread if _OTHER_SCRIPTS.search(text, span.start, span.end)]
    if not found:
        return ()
    return (Doubt(kind=DoubtKind.OTHER_SCRIPT, span=Span(found[0].start, found[-1].end)),)
