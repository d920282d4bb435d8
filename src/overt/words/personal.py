"""What is personal in a text: telephone numbers, e-mails, addresses, accounts, numbers of papers.

It serves to withhold, so it says yes too often rather than too seldom; but years, dates, plain counts and short public
numbers (110, 911) stay. The patterns run in linear time: the text is anybody's.
"""

import msgspec

from overt.words import personal_addresses
from overt.words.patterns import Pattern
from overt.words.patterns import compile as pattern
from overt.words.scripts import narrow, simplify


class PersonalSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A span to withhold. `kind`: telephone, email, address, url_handle or id_number."""

    start: int
    end: int
    kind: str


# Digits with what people put between them: spaces, points, hyphens, slashes, brackets, and a plus in front.
_RUN = pattern(r"(?:\+|\(\+?)?\d(?:[ \x{a0}\x{2009}\x{202f}./()\-‐‑–—]{0,3}\d)+(?:[ -]?(?i:ext|x|转)\.? ?\d{1,5})?")
_CUE = pattern(
    r"(?i)(?:tel(?:ephone|éfono|éphone|efon|efono|efoon)?|phone|call|fax|mobile|cell|whatsapp|wechat|hotline|ring|"
    r"手机|电话|热线|联系方式|致电|传真|微信|móvil|llam\w{1,4}|portable|handy|rufnummer|mobil|cellulare|"
    r"chiam\w{1,3}|telemóvel|ligar|bel|číslo|tlf|nummer)[^\d+]{0,14}$"
)
_PAPERS = pattern(
    r"(?i)(?:passport|\bid(?:entity)?(?: card)?|ssn|social security|licen[cs]e|\bplate|\bdni|\bnie|\bnif|cpf|bsn|"
    r"codice fiscale|ausweis\w{0,8}|steuer\w{0,8}|"
    r"护照|身份证\w{0,2}|证件|驾照|车牌|账号|帐号|账户|银行卡|卡号|qq|iban|account)"
    r"(?:[ _]?(?:no|nr|number|num|号码|号|n[°º])\.?)?[\s:：#为是]{0,4}$"
)
_EMAIL = pattern(
    r"[\p{L}\p{N}._%+\-]{1,64}\s?(?:@|＠|\[at\]|\(at\)|\s(?i:at)\s?\[dot\])\s?[\p{L}\p{N}\-]{1,63}"
    r"(?:\s?(?:\.|\[dot\]|\(dot\)|\[\.\])\s?[\p{L}\p{N}\-]{1,63}){1,6}"
)
_HANDLE = pattern(r"@[\p{L}\p{N}_](?:[\p{L}\p{N}_.\-]{0,38}[\p{L}\p{N}_])?")
_PROFILE = pattern(
    r"(?i)(?:https?://)?(?:www\.|m\.)?(?:facebook\.com|fb\.com|twitter\.com|x\.com|instagram\.com|tiktok\.com|t\.me|"
    r"linkedin\.com/in|weibo\.com|weibo\.cn|vk\.com|threads\.net|youtube\.com/(?:@|c/|user/)|telegram\.me|wa\.me|"
    r"douyin\.com/user|mastodon\.[a-z]{2,12})/?@?[\p{L}\p{N}_.%\-]{2,60}"
)
_ACCOUNT = pattern(
    r"(?i)(?:微信(?:号|群)?|wechat(?: id)?|weixin|QQ(?:号|群)?|skype|telegram|微博|抖音号?|line id)"
    r"(?:\s?(?:id|no\.?|号))?\s?[:：]?\s?[A-Za-z0-9_\-]*[0-9_][A-Za-z0-9_\-]{2,30}"
)
_PAPER_NUMBER = pattern(
    r"\b(?:\d{17}[\dXx]|\d{8}[A-Z]|[XYZ]\d{7}[A-Z]|[A-Z]{1,2}\d{6,9}|\d{3}-\d{2}-\d{4}|\d{3}\.\d{3}\.\d{3}-\d{2}|"
    r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?|\d{6}/\d{3,4})\b"
)
_NUMBER_BEHIND_CUE = pattern(r"\b[A-Z]{0,3}[ -]?\d(?:[ \-.]?[\dA-Z]){4,29}\b")
_DATE = pattern(
    r"\d{1,2}[./\-]\s?\d{1,2}[./\-]\s?\d{2,4}|\d{4}[./\-]\d{1,2}[./\-]\d{1,2}|(?:1[89]|20)\d\d\s?[-–—/.]\s?(?:1[89]|20)?\d\d"
)
_GROUPED = pattern(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:[ \x{a0}\x{2009}\x{202f}]\d{3})+|\d+[.,]\d{1,2}")
_LEAST_DIGITS = 7  # the shortest subscriber numbers that are no short public number (E.164 knows no lower bound)
_LEAST_WITH_CUE = 5
_COUNTED = pattern(r"\s?(?:万|亿|元|人|名|%|€|\$|euros?|dollars?|people|personas|million|millones)")


def personal(text: str) -> list[PersonalSpan]:
    """Return the personal data of `text`, in order, without overlaps. Offsets are code points of `text`."""
    flat = simplify(narrow(text))
    found: list[tuple[int, int, str]] = []
    found += _all(_EMAIL, flat, "email")
    found += _all(_PROFILE, flat, "url_handle")
    found += _all(_ACCOUNT, flat, "url_handle")
    found += [(h, e, "url_handle") for h, e, _ in _all(_HANDLE, flat, "") if _is_handle(flat, h)]
    found += _all(_PAPER_NUMBER, flat, "id_number")
    found += _papers(flat)
    found += [(start, end, "address") for start, end in personal_addresses.addresses(flat)]
    found += _telephones(flat)
    return _settled(flat, found)


def _all(what: Pattern, flat: str, kind: str) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, kind) for hit in what.finditer(flat)]


def _is_handle(flat: str, start: int) -> bool:
    """An @ that begins a word; the one inside an e-mail belongs to that."""
    return start == 0 or not (flat[start - 1].isalnum() or flat[start - 1] in "._%+-") or ord(flat[start - 1]) >= 0x2E80


def _papers(flat: str) -> list[tuple[int, int, str]]:
    """Numbers behind words such as passport, DNI, 身份证."""
    out = []
    for hit in _NUMBER_BEHIND_CUE.finditer(flat):
        before = flat[max(0, hit.start - 40) : hit.start]
        if _PAPERS.search(before) and sum(char.isdigit() for char in hit.text) >= _LEAST_WITH_CUE:
            out.append((hit.start, hit.end, "id_number"))
    return out


def _telephones(flat: str) -> list[tuple[int, int, str]]:
    out = []
    for hit in _RUN.finditer(flat):
        start, end, words = hit.start, hit.end, hit.text
        before = flat[start - 1 : start]
        if before and (before.isalpha() and ord(before) < 0x2E80):
            continue
        digits = sum(char.isdigit() for char in words)
        cue = _CUE.search(flat[max(0, start - 24) : start]) is not None
        if digits < (_LEAST_WITH_CUE if cue else _LEAST_DIGITS):
            continue
        if not words.startswith(("+", "(")) and not cue and _is_something_else(flat, words, end):
            continue
        out.append((start, end, "telephone"))
    return out


def _is_something_else(flat: str, words: str, end: int) -> bool:
    """Is a run of digits a date, years, or a number with groups of three?"""
    if _DATE.fullmatch(words) or _GROUPED.fullmatch(words):
        return True
    parts = [part for part in words.replace("/", " ").replace("–", " ").replace("-", " ").split() if part]
    if len(parts) > 1 and all(len(p) == 4 and 1800 <= int(p) < 2100 for p in parts if p.isdigit()) and words[0] in "12":
        return all(p.isdigit() for p in parts)
    return words.isdigit() and words[0] != "0" and len(words) <= 9 and _COUNTED.match(flat, end) is not None


def _settled(flat: str, found: list[tuple[int, int, str]]) -> list[PersonalSpan]:
    """Join what overlaps: the kind is that of the longest, and nothing of either stays uncovered."""
    out: list[PersonalSpan] = []
    longest = 0
    bare = [(*_stripped(flat, start, end), kind) for start, end, kind in found]
    for start, end, kind in sorted(bare, key=lambda f: (f[0], -f[1], f[2])):
        if out and start < out[-1].end:
            last = out[-1]
            if end - start > longest:
                longest = end - start
                last = msgspec.structs.replace(last, kind=kind)
            out[-1] = msgspec.structs.replace(last, end=max(last.end, end))
        else:
            longest = end - start
            out.append(PersonalSpan(start=start, end=end, kind=kind))
    return out


def _stripped(flat: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (flat[start].isspace() or flat[start] in ",;"):
        start += 1
    while end > start and (flat[end - 1].isspace() or flat[end - 1] in ",;"):
        end -= 1
    return start, end
