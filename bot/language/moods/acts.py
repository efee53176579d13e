"""Whether the act of a text is ordered, or only told: of the past, of somebody else, of what is not so.

    words ─ sentences, clauses ─→ each verb of an act: ordered or told ─ none of this act ordered ─→ doubt

«lena cancelled», «i almost moved it», «should i cancel?» are answered by a question. A verb that is ordered elsewhere
(«lena cancelled, book kim») decides by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.cues.reading import words_of
from bot.language.cues.rows import as_written
from bot.language.cues.verbs import LINKS
from bot.language.entities.runs import day_words, is_time
from bot.language.meaning import Doubt, DoubtKind, Intent, Span, Under
from bot.language.moods.texts import QUOTES, STOPS, Text
from bot.language.moods.words import mood_triggers, mood_words, past_forms, stating_words
from bot.language.signs import Cue
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.moods.words import MoodWords
    from bot.language.normalise import Utterance

_PLANS = frozenset((Intent.BOOK, Intent.HOLD))
_LOOSE = frozenset((Intent.FIND_SLOTS, Intent.OUT_OF_SCOPE))
"""What a plan may be read as by its few words; where anything is asked it is none."""
_DOING = frozenset((Intent.CANCEL, Intent.RESCHEDULE)) | _PLANS | _LOOSE
_ASKING = frozenset((Cue.ASKS_FREE, Cue.QUESTION, Cue.ANYTHING, Cue.ASKS))
_CONTRAST = frozenset((Cue.INSTEAD, Cue.NEGATED, Cue.CORRECTED, Cue.EXCEPT))
"""«the meeting with nora is not on thursday, but on wednesday»: what is said of it is to be made so."""
_TELLING = trigger(lambda word: word in mood_triggers() or as_written(word) in mood_triggers())
_STATING = trigger(lambda word: word in stating_words() or as_written(word) in stating_words())
_MOST = 80
"""Words of a text that are looked at; what is longer is no wish of a sentence."""
_FRONT = 6
"""Tokens in front of the colon behind which somebody is quoted, and of a name."""
_FULL_NAME = 2
_REACH = 7
"""Tokens from a subject to its verb."""


def act_told(
    utterance: Utterance, words: tuple[str, ...], intent: Intent, cues: Collection[Cue], under: Under
) -> tuple[Doubt, ...]:
    """The doubt of a text that tells this act and orders none; `words` as rows know them (`words_of`).

    Below a time, «lena says wednesday is better» is another one.
    """
    if intent not in _DOING or not 1 < len(words) <= _MOST:
        return ()
    is_gated = utterance.language == "en" and utterance.text.isascii() and ":" not in words[1:_FRONT]
    telling = _TELLING | _STATING if intent in _PLANS | _LOOSE else _TELLING
    if is_gated and not utterance.triggers & telling:
        return ()
    language = _language(utterance)
    known = mood_words(language)
    if language != utterance.language:
        utterance, words = (told := utterance.in_language(language)), words_of(told)
    if known is None or (intent in _LOOSE and (known.has("asks", words[0]) or not _ASKING.isdisjoint(cues))):
        return ()
    text = _Acts(utterance, known, words)
    if under is not Under.NOTHING and text.passes_on_time():
        return ()
    if not text.only_tells(intent) and not (_CONTRAST.isdisjoint(cues) and text.only_states(intent)):
        return ()
    is_quoted = text.quoted < len(words)
    speaker = Span(utterance.starts[0], utterance.starts[text.quoted]) if is_quoted else None
    return (Doubt(kind=DoubtKind.TOLD, span=Span(utterance.starts[0], utterance.ends[-1]), shared=speaker),)


def without_speaker(entities: EntitiesRead, doubts: Collection[Doubt]) -> EntitiesRead:
    """«omar wrote: cancel lena»: the people without who speaks, where somebody else is spoken of."""
    speaker = next((one.shared for one in doubts if one.kind is DoubtKind.TOLD and one.shared is not None), None)
    if speaker is None or len(entities.people) != len(entities.people_spans):
        return entities
    pairs = zip(entities.people, entities.people_spans, strict=True)
    rest = [(name, span) for name, span in pairs if span.start >= speaker.end]
    if not (rest or entities.emails or entities.mentions):
        return entities
    return entities._replace(people=tuple(name for name, _ in rest), people_spans=tuple(span for _, span in rest))


def _language(utterance: Utterance) -> str:
    """Its language, or the one that its only telling word is of: «lena canceló»."""
    if utterance.language != "en" or utterance.text.isascii():
        return utterance.language
    said = set(utterance.text.lower().split())
    return next((name for name, past in past_forms() if not said.isdisjoint(past)), "en")


class _Acts(Text):
    """The acts of one text, each ordered or told."""

    __slots__ = ("quoted",)

    def __init__(self, utterance: Utterance, known: MoodWords, words: tuple[str, ...]) -> None:
        super().__init__(utterance, known, words)
        self.quoted = self.quotation()

    def only_tells(self, intent: Intent) -> bool:
        """Whether the act stands in the text as told, and nowhere as ordered."""
        if self.is_notice() or self.is_taken_back():
            return True
        kinds = _PLANS if intent in _LOOSE else {intent}
        acts = [act for start, end in self.sentences for act in self.acts(start, end)]
        of_kind = [is_told for kind, is_told in acts if kind in kinds]
        if self.goes_on():
            return False
        if of_kind or any(map(self.is_break, range(len(self.words)))) or len(self.sentences) > 1:
            return bool(of_kind) and all(of_kind)
        return bool(acts) and all(is_told for _, is_told in acts)  # «kim a déplacé notre rendez-vous à vendredi»

    def goes_on(self) -> bool:
        """«the client cancelled, so take the demo off»: behind «so» stands what is to happen."""
        words, known = self.words, self.known
        heads = (
            at + 1
            for at in range(1, len(words) - 1)
            if known.has("hence", words[at]) and not known.has("aux", words[at - 1])
        )
        return any(
            not (known.has("own", words[at]) or known.has("others", words[at])) for at in heads if at < len(words)
        )

    def only_states(self, intent: Intent) -> bool:
        """Whether the text has no act at all and says of meetings that they are or were: no plan of a new one."""
        if intent not in _PLANS | _LOOSE:
            return False
        return all(self.is_statement(start, end) and not self.acts(start, end) for start, end in self.sentences)

    def acts(self, start: int, end: int) -> list[tuple[Intent, bool]]:
        """The acts of a sentence, each with whether it is only told."""
        found = (self.mood(at, start, end) for at in range(start, end) if at not in self.utterance.atoms)
        return [act for act in found if act is not None]

    def mood(self, at: int, start: int, end: int) -> tuple[Intent, bool] | None:
        """The act whose verb stands here, and whether it is only told."""
        word, known = self.written[at], self.known
        act = self.act(at)
        is_order = act is not None and not known.has("weak", self.words[at])
        if not (is_order or word in known.past or word in known.done or word in known.third_acts):
            return None
        first, last = self.clause(at, start, end)
        kind = known.past.get(word) or (known.done.get(word) if self.is_helped(at, first, last) else None)
        if kind is not None:
            return kind, self.is_unreal(at, start, end) or self.is_done(at, first, last)
        if (kind := known.third_acts.get(word)) is not None and self.subject(first, at) is not None:
            half = known.halves.get(word)
            return (kind, True) if half is None or half in self.words[at:last] else None
        if act is None or not is_order:
            return None
        return act, at > self.quoted or self.is_unreal(at, start, end) or self.is_of_others_will(at, first)

    def clause(self, at: int, start: int, end: int) -> tuple[int, int]:
        """The clause around a word: between marks and words like «but»."""

        def parts(one: int) -> bool:
            return self.is_break(one) or self.known.has("but", self.words[one])

        first = next((one + 1 for one in range(at - 1, start - 1, -1) if parts(one)), start)
        return first, next((one for one in range(at + 1, end) if parts(one)), end)

    def is_done(self, at: int, first: int, last: int) -> bool:
        """«lena cancelled», «has been moved»: no wish makes it one («i need lena moved», «have lena moved»)."""
        if self.says("wishing", first, last):
            return False
        words = self.words
        opening = next((one for one in range(first, at) if words[one] not in LINKS), at)
        return words[opening] not in {"have", "be"} or self.known.has("own", words[min(opening + 1, at)])

    def is_helped(self, at: int, first: int, last: int) -> bool:
        """Whether an auxiliary stands in the clause: the form alone may be an order of its own."""
        return self.says("aux", first, at) or self.says("aux", at + 1, last)

    def is_unreal(self, at: int, start: int, end: int) -> bool:
        """«should i cancel», «i almost moved», «i wanted to cancel, but»."""
        phrase_at, words = self.known.phrase_at, self.words
        front = range(start, at)
        if any(phrase_at("unreal", words, one) for one in front):
            return True
        if any(phrase_at(name, words, one) == at for name in ("unreal_next", "against") for one in front):
            return True
        wanted = next((one for one in front if phrase_at("wanted", words, one)), -1)
        return wanted >= 0 and (self.says("but", wanted, end) or self.says("half", wanted, end))

    def is_of_others_will(self, at: int, first: int) -> bool:
        """«lena might cancel», «kim will auf freitag verschieben»."""
        if self.known.has("can", self.words[first]) and 0 <= self.name_at(first + 1) < at:
            return True  # «kann lena selbst absagen?»
        subject = self.subject(first, at)
        return subject is not None and self.says("will", subject + 1, at)

    def subject(self, first: int, at: int) -> int | None:
        """The first word of a clause where it is somebody else, or a thing of theirs, and the verb is near."""
        words, known = self.words, self.known
        opening = (at for at in range(first, at) if words[at] not in LINKS and words[at][:1].isalpha())
        one = next(opening, at)
        if one < at and known.has("articles", words[one]) and self.is_surely_named(one + 1):
            one += 1
        is_other = one < at and (known.has("others", words[one]) or self.is_surely_named(one))
        return one if is_other and not known.has("own", words[one]) and at - one <= _REACH else None

    def is_statement(self, start: int, end: int) -> bool:
        """«lena has a meeting with omar on friday», «i had lunch with kim at 12»: no wish, and nothing pointed at."""
        words, known = self.words, self.known
        if self.says("wishing", start, end) or self.says("pointing", start + 1, end) or words[end : end + 1] == ("?",):
            return False
        if known.phrase_at("unreal_next", words, start) or known.phrase_at("unreal", words, start):
            return True
        if self.says("met_past", start, end):
            return not any(known.phrase_at("wanted", words, one) for one in range(start, end))
        subject = self.subject(start, min(end, start + _REACH))
        if subject is None:
            return False
        kinds = ["met_third", "reports", *(["met_theirs"] if words[subject].endswith("'s") else [])]
        return any(self.says(kind, subject + 1, min(end, subject + _REACH)) for kind in kinds)

    def passes_on_time(self) -> bool:
        """«lena says wednesday at 3 works better»: when somebody wants it to be, and nothing that happened."""
        known, words, size = self.known, self.words, len(self.words)
        verb = next((at for at in range(1, min(size, _FRONT)) if known.has("reports", words[at])), -1)
        if verb < 0:
            return False
        told = [at for at in range(verb + 1, size) if not is_time(self.utterance, at) and words[at][:1].isalpha()]
        is_timed = len(told) < size - verb - 1
        return is_timed and all(known.has("of_times", words[at]) or words[at] in day_words() for at in told)

    def is_taken_back(self) -> bool:
        """«… just kidding», «… but i won't», at the end of a sentence."""
        words = self.words
        ends = {end for _, end in self.sentences} | {at for at, word in enumerate(words) if word in STOPS}
        return any(self.known.phrase_at("taken_back", words, at) in ends for at in range(len(words)))

    def quotation(self) -> int:
        """The colon behind which somebody else speaks: «greta wrote: cancel lena», «greta: cancel lena»; else the end."""
        words, size = self.words, len(self.words)
        at = next((at for at in range(1, min(_FRONT, size)) if self.opens_quotation(at)), size)
        if at == size or not self.is_surely_named(max(self.name_at(0), 0)):
            return size
        is_other = any(map(self.is_surely_named, range(at + 1, size)))
        return at if self.known.has("reports", words[at - 1]) or (at <= _FULL_NAME and is_other) else size

    def opens_quotation(self, at: int) -> bool:
        """A colon, or a quotation mark behind a verb of saying."""
        words = self.words
        is_marked = words[at] in QUOTES and self.known.has("reports", words[at - 1])
        return is_marked or (words[at] == ":" and self.is_break(at))

    def is_notice(self) -> bool:
        """«Canceled: Intro with Lena», «Re: cancel friday»: what a calendar or a mail put in front."""
        end = self.known.phrase_at("heads", self.words, 0)
        return bool(end) and self.words[end : end + 1] == (":",) and self.is_break(end)
