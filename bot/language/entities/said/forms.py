"""What is said of a routing form: which one («the sales form», «das Sales-Formular», «el formulario de ventas»), and how many
people it is about («a company of 50», «für 300 Mitarbeiter», «50人の会社»).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.values import pattern

if TYPE_CHECKING:
    import re

_BEFORE = pattern(
    r"\b(?:the|our|my|your|a|das|dem|des|unser|unserem|mein|meinem|ein|vom|zum|het|een|ons|onze|mijn)\s+"
    r"(?P<name>[\w&]+(?:\s+[\w&]+)?)(?:\s*-\s*|\s+)(?:routing\s+)?(?:form|formular|formulars|formulier)\b"
)
_GLUED = pattern(r"\b(?P<name>[^\W\d_]{3,}?)s?(?:formular|formulars|formulier)\b")
_BEHIND = pattern(
    r"\b(?:formulario|formulaire|modulo|formulário|formular|formulier)\s+"
    r"(?:(?:de\s+la|de\s+los|dei|degli|delle|della|del|dos|das|do|da|des|du|de|di|namens|called|named)\s+)?"
    r"[\"«„“'’]?(?P<name>[^\W\d_][\w&]+)"
)
_CALLED = pattern(r"\bform\s+(?:called|named)\s+[\"«„“'’]?(?P<name>[\w&]+(?:\s[\w&]+)?)")
_UNSPACED = pattern(r"(?:^|[的了过我通用给、。\s])(?P<name>[\u30a0-\u30ff\u4e00-\u9fffa-z]{1,6}?)(?:フォーム|表单)")
_NO_NAMES = frozenset(
    (
        "routing",
        "new",
        "same",
        "right",
        "other",
        "which",
        "für",
        "for",
        "per",
        "para",
        "pour",
        "por",
        "voor",
        "con",
        "a",
    )
)
_AMOUNTS = (
    pattern(
        r"\b(?:company|team|firm|business|size|group|headcount|staff)\s+(?:size\s+)?(?:of|with|is)?\s*(?P<n>\d{1,7})\b"
    ),
    pattern(
        r"(?<!\d)(?P<n>\d{1,7})\s*(?:people|employees|staff|seats|users|heads|leuten?|mitarbeiter\w*|personen|personas|empleados"
        r"|personnes|salariés|employés|persone|dipendenti|pessoas|funcionários|mensen|medewerkers|人)"
    ),
    pattern(
        r"\b(?:firma|unternehmen|team|empresa|equipo|entreprise|équipe|azienda|squadra|equipe|bedrijf)\s+"
        r"(?:mit|von|de|con|avec|di|com|van|met)\s+(?P<n>\d{1,7})\b"
    ),
)


def read_form(text: str) -> tuple[tuple[str, str], ...]:
    """(`form`, its name) and (`form_amount`, a number), each where it is said. `text` is that of a wish about a form."""
    low = text.lower()
    name = next(
        (found for pattern in (_CALLED, _BEFORE, _GLUED, _BEHIND, _UNSPACED) if (found := _named(pattern, low))), ""
    )
    amount = next((hit["n"] for pattern in _AMOUNTS if (hit := pattern.search(low))), "")
    return tuple((key, said) for key, said in (("form", name), ("form_amount", amount)) if said)


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    words = [word for word in found["name"].split() if word not in _NO_NAMES] if found else []
    return " ".join(words)
