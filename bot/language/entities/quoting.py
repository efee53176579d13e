"""Which parts of a text are no message: quoted lines, forwarded mail, signatures, code, what was struck out.

They are context, never an order: whatever stands in them is neither a time nor a wish nor a guest.
"""

from __future__ import annotations

import re

from bot.language.meaning import Span
from bot.values import pattern

_WROTE = pattern(
    r"^[ \t]*(?:(?:on|am|le|el|em|no dia|il|den|op)\b[^\n]{4,160}?(?:\n[^\n]{1,80}?)?"
    r"|(?=[^\n]{0,200}\d)[^\n:]{2,160}?(?:\d:\d\d[^\n:]{0,80}?)?)"
    r"\b(?:wrote|schrieb|schreef|skrev|a écrit|escribió|escreveu|ha scritto)\b[^\n]{0,100}(?:\n>?)?:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""The line that mail programs put above what is answered: «On … wrote:», «Kim Ort <kim@…> schrieb am 2. März, 08:12:»."""
_WRITING = ("wrote", "schrieb", "schreef", "skrev", "écrit", "escribió", "escreveu", "scritto")
_FORWARDED = pattern(
    r"^[ \t]*(?:-{2,}[ \t]*(?:original|forwarded|weitergeleitete|ursprüngliche|mensaje|message|messaggio|mensagem)\b[^\n]*"
    r"|begin forwarded message:[^\n]*|anfang der weitergeleiteten [^\n]*)$"
    r"|^[ \t]*(?:from|von|de|da):[^\n]+\n(?:[^\n]+\n){0,2}?"
    r"[ \t]*(?:sent|date|gesendet|datum|fecha|enviado|envoyé|data|inviato):[^\n]+$"
    r"|^[ \t]*(?:sent|date|gesendet|datum|fecha|enviado|envoyé|data|inviato):[^\n]+\n"
    r"[ \t]*(?:from|to|subject|von|an|betreff|de|para|à|objet|asunto|da|a|oggetto|assunto):[^\n]+$",
    re.IGNORECASE | re.MULTILINE,
)
_DEVICE = pattern(
    r"(?:^|(?<=[\s.!?]))(?:sent from (?:my|a|outlook|mail|proton|gmail|yahoo|samsung|aol|ios|iphone|android) ?[^\n]{2,40}"
    r"|sent via [^\n]{2,40}"
    r"|(?:get|download|holen sie sich|téléchargez|télécharger|obtener|obter o|scarica) outlook (?:for|für|pour|para|per)"
    r" [^\n]{2,20}"
    r"|von meine[mr] [^\n]{2,30} gesendet|gesendet von [^\n]{2,40}|enviado (?:desde|do|a partir do) [^\n]{2,40}"
    r"|envoyé (?:de|depuis) mon [^\n]{2,40}|inviato da[l ][^\n]{2,40})\s*$",
    re.IGNORECASE,
)
_CLOSING = pattern(
    r"^[ \t]*(?:rgds|kr|br|(?:best|kind|warm|warmest|many)?[ ]?(?:regards|wishes)|best|cheers|yours|all the best"
    r"|(?:yours )?(?:sincerely|truly|faithfully)"
    r"|take care|talk soon"
    r"|thanks|thank you|many thanks|thx|thnx|tx|ty|tysm|danke|merci|gracias|obrigad[oa]|grazie|bedankt|dank je"
    r"|(?:mit )?(?:freundliche|viele|liebe|beste|herzliche|schöne)[nr]? gr(?:ü|ue)(?:ß|ss)en?|gruß|mfg|lg|vg"
    r"|gr(?:ü|ue)(?:ß|ss)e(?: (?:aus|an|von) [^\n]{2,30})?"
    r"|(?:un )?(?:cordial )?saludos?|atentamente|cordialement|bien à vous|bien cordialement|abraços?|atenciosamente"
    r"|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:jes|en)?|mvg|liefs|(?:un )?abrazo|bises|cumprimentos"
    r"|(?:cordiali )?saluti)"
    r"[ \t]*[,!.]*(?:[ \t]+(?-i:[^\W\d_a-zà-ÿ]\w+(?: [^\W\d_a-zà-ÿ]\w+)?))?[ \t]*$",
    re.IGNORECASE,
)
_PASTED = pattern(
    r"^(?:\*[^\n*@\d]{2,40}\*[ \t]{1,3}|[^\W\d_][^\n*@\d]{1,40}[ \t]{2,3}|\[)"
    r"\[?\d{1,2}[:.]\d\d(?: ?[AP]M)?\]?"
    r"(?:[ \t][^\n\d@]{2,40})?$",
    re.MULTILINE,
)
"""«Dana Ort  9:41 AM»: the line above a message that was copied out of a chat."""
_NOTICE = pattern(
    r"^[ \t]*(?:confidentiality|confidential|disclaimer|legal notice|this (?:e-?mail|message) (?:and|is|may|contains|was)"
    r"|diese (?:e-?mail|nachricht) |vertraulich|ce (?:message|courriel|e-?mail) |este (?:mensaje|correo|e-?mail) "
    r"|esta mensagem |questo messaggio |questa e-?mail |dit bericht |deze e-?mail )",
    re.IGNORECASE,
)
_EDITED = pattern(r"\s[_*]?\((?:edited|bearbeitet|editado|modifié|modificato)\)[_*]?\s*$")
_CODE = pattern(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)
_STRUCK = pattern(r"(?<![\w~])~(?=[^\s~])[^~\n]{1,200}?(?<=[^\s~])~(?![\w~])")
"""«~tuesday~ friday»: taken back by the writer."""
_CARD = pattern(r"^[ \t]*\*?(?:(?-i:[^\W\d_a-zà-ÿ])[\w.'-]*[ \t]?){2,4}\*?[ \t]*[|·•][^\n@]*$", re.IGNORECASE)
"""«Dana Ort | Sales»: a signature without a closing."""
_ROLE = pattern(r"^[ \t]*(?:(?-i:[^\W\d_a-zà-ÿ])[\w.'-]*[ \t]?){2,3},[^\n@]{3,60}$", re.IGNORECASE)
_PHONE = pattern(r"(?:tel|phone|mob|fax)\b|\+?\d[\d ()/-]{7,}\d", re.IGNORECASE)
"""«Dana Ort, Sales» above a phone number."""
_RULE = pattern(r"[ \t]*[*_~]?(?:-{1,40}|_{3,40}|={3,40})[ \t]*[*_~]?[ \t\r]*")
"""The line above a signature, also set in *bold*."""
_MOST_LINES = 8
"""A signature is short; what goes on for longer below «Thanks» is the message."""


def quoted_parts(text: str) -> tuple[Span, ...]:
    """Where quotations, forwarded mail, signatures and code stand, in order; nothing when the whole text is one of them."""
    found: list[tuple[int, int]] = []
    if "`" in text:
        found += [match.span() for match in _CODE.finditer(text) if not _is_said(match[0], text)]
    if text.count("~") > 1:
        found += [match.span() for match in _STRUCK.finditer(text)]
    if text[:1] == ">" or "\n" in text:
        found += _by_line(text)
    if text.rstrip("_*")[-1:] == ")" and (match := _EDITED.search(text)):
        found.append(match.span())
    if _may_tell_device(text) and (match := _DEVICE.search(text, max(0, len(text) - _LONGEST_DEVICE))):
        found.append(match.span())
    if not found:
        return ()
    merged = _merged(found)
    return merged if _is_anything_left(text, merged) or _is_quotation(text) else ()


def unquoted(text: str) -> str:
    """What stands in the quotation marks, or is set as code, where nothing stands outside of it; else empty."""
    bare = text.strip().rstrip(".,;:!?").rstrip()
    opening = bare[:1]
    closing = _CLOSES.get(opening, "")
    if not closing or len(bare) < _SHORTEST_QUOTE or bare[-1] not in closing:
        return ""
    inner = bare.strip("`") if opening == "`" else bare[1:-1]
    rest = _WITHIN.sub("", inner) if opening in _APOSTROPHES else inner
    return "" if opening in rest or bare[-1] in rest else inner.strip()


_CLOSES = {
    "`": "`",
    '"': '"\u201d',
    "\u201c": '\u201d"',
    "\u201e": '\u201c\u201d"',
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u2039": "\u203a",
    "\u203a": "\u2039",
    "'": "'\u2019",
    "\u2018": "\u2019'",
    "\u201a": "\u2018\u2019",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
}
"""Which signs end a quotation, by the one that begins it."""
_APOSTROPHES = frozenset("'\u2018\u201a")
"""Between these the closing sign may also stand within a word: «'cancel lena's meeting'»."""
_WITHIN = pattern(r"(?<=\w)['\u2019](?=\w)")
_SHORTEST_QUOTE = 4


def _is_said(code: str, text: str) -> bool:
    """«`14:00`», «`dana@acme.io`»: figures and addresses set as code are part of the wish; another whole wish is not."""
    if code.startswith("```") or len(code) > _LONGEST_FIGURES:
        return False
    is_other = code.strip("`").count(" ") > 1 and "@" in text.replace(code, "")
    return ("@" in code and not is_other) or _FIGURES.search(code) is not None


_FIGURES = pattern(r"^`\W*(?:\w+\W+)?\d[\d:.,/-]*(?:\W*\w+){0,2}\W*`$")
_LONGEST_FIGURES = 60
_LONGEST_DEVICE = 80


def _may_tell_device(text: str) -> bool:
    """Whether a word of what devices add stands at the end; patterns cost more than this look."""
    end = text[-_LONGEST_DEVICE:].lower()
    return (
        "sent" in end
        or "outlook" in end
        or "gesendet" in end
        or "enviado" in end
        or "envoyé" in end
        or "inviato" in end
    )


def _by_line(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        if line.lstrip()[:1] == ">":
            found.append((start, start + len(line)))
        start += len(line) + 1
    lowered = text.lower()
    header = _WROTE.search(text) if any(word in lowered for word in _WRITING) else None
    if header:
        is_marked = any(begin > header.start() for begin, _ in found)
        found.append((header.start(), header.end() if is_marked else len(text)))
    for pasted in _PASTED.finditer(text):
        end = text.find("\n\n", pasted.end())
        found.append((pasted.start(), end if end > 0 else len(text)))
    if forwarded := _FORWARDED.search(text):
        found.append((forwarded.start(), len(text)))
    begun = _signature(lines)
    if begun is not None:
        found.append((begun, len(text)))
    return found


def _signature(lines: list[tuple[int, str]]) -> int | None:
    """Where the signature begins: a ruler, or a closing phrase on a line of its own."""
    has_text = False
    has_phone = any(_PHONE.search(line) for _, line in lines[1:])
    left = sum(1 for _, line in lines if line.strip())
    for start, line in lines:
        left -= bool(line.strip())
        if has_text:
            if _RULE.fullmatch(line):
                return start
            if left <= _MOST_LINES and (_CLOSING.match(line) or _NOTICE.match(line) or _CARD.match(line)):
                return start
            if has_phone and left <= _MOST_LINES and not _PHONE.search(line) and _ROLE.match(line):
                return start
        has_text = has_text or bool(line.strip() and line.lstrip()[:1] != ">")
    return None


def _merged(found: list[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def _is_anything_left(text: str, spans: tuple[Span, ...]) -> bool:
    done = 0
    for span in spans:
        if any(letter.isalnum() for letter in text[done : span.start]):
            return True
        done = span.end
    return any(letter.isalnum() for letter in text[done:])


def _is_quotation(text: str) -> bool:
    """Nothing but a quotation orders nothing; a message that is all code, or that looks like a signature, was meant."""
    text = text.strip()
    return text[:1] == ">" or _PASTED.match(text) is not None or _STRUCK.fullmatch(text) is not None
