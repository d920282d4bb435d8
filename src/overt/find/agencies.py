"""Agency marks of a page: a dateline ("MADRID (EFE) -", 中新网福州1月22日电) or a tag at the end ("... dpa", "(Lusa)").

They say whose the text is: the agency is a further link of every chain of the page.
"""

import re

from overt.model import Document
from overt.words.phrases import matchable

# World and national agencies whose marks stand in newspapers, as they print them. Not a list of any subject.
AGENCIES = (
    "Agence France-Presse", "AFP", "Associated Press", "AP", "Reuters", "United Press International", "UPI", "dpa",
    "dpa-AFX", "dts", "APA", "epd", "KNA", "SDA", "Keystone-SDA", "EFE", "Europa Press", "Servimedia", "ANSA",
    "Adnkronos", "AGI", "LaPresse", "Askanews", "Agenzia Nova", "Lusa", "Agência Brasil", "ANP", "Belga", "ČTK", "PAP",
    "MTI", "Tanjug", "Hina", "Beta", "TASS", "Interfax", "Ukrinform", "Anadolu", "PTI", "ANI", "Kyodo", "Jiji Press",
    "Yonhap", "Bernama", "Canadian Press", "La Presse canadienne", "PA Media", "AAP", "NZME", "RNZ", "CNA", "Xinhua",
)  # fmt: skip
_HAN = (
    "中新社|中新网|新华社|新华网|人民网|法新社|路透社|美联社|中央社|中评社|埃菲社|塔斯社|韩联社|德新社|安莎社|彭博社|共同社|时事社|加通社|"
    "加新社|大纪元|新唐人|自由亚洲|美国之音|联合报|明报讯|星岛日报|时事通信|共同通信"
)
_HAN_LINE = re.compile(
    rf"^[\s（(【\[]*(?:综合)?({_HAN})[^\s，。]{{0,14}}?\d{{0,4}}年?\d{{0,2}}月?\d{{0,2}}日?(?:电|讯)"
)
_NAMES = "|".join(re.escape(matchable(name)) for name in sorted(AGENCIES, key=len, reverse=True))
_LINE = re.compile(
    rf"^[\w .,/'’()-]{{0,60}}?[(（]\s*({_NAMES})(?:\s*/\s*[\w .]+)?\s*[)）]\s*[-–—.:]|^({_NAMES})\s*[-–—]\s|"
    rf"^[\w .'’-]{{2,30}},\s*\d{{1,2}}\.?\s*\w*\.?\s*[(（]({_NAMES})[)）]"
)
_TAG = re.compile(rf"(?:[.!?»”\"’]\s*[-–—/]?\s*|[(（\[]\s*|^\s*)({_NAMES})(?:\s*/\s*[\w .]+)?\s*[)）\]]?\s*$")
# Where a dateline can stand, and where a tag: among so many first and last passages of the body.
FIRST, LAST = 3, 2


def agency(document: Document) -> str | None:
    """Return the agency that a page's dateline or closing tag names, as printed; None where none does."""
    body = [p.text for p in document.passages if p.main]
    for text in body[:FIRST]:
        folded = matchable(text[:120])
        found = _HAN_LINE.match(folded) or _LINE.match(folded)
        if found:
            group = next(n for n in range(1, (found.re.groups or 0) + 1) if found[n] is not None)
            return text[found.start(group) : found.end(group)]
    for text in body[-LAST:]:
        tail = text[-60:]
        found = _TAG.search(matchable(tail))
        if found:
            return tail[found.start(1) : found.end(1)]
    return None


_BRACKETED = re.compile(rf"[(（]\s*({_NAMES}|{_HAN})\s*[)）]\s*$")


def bracketed(outlet: str) -> str | None:
    """Return the agency in brackets behind an outlet's name, as a sheet may give it: "Morning Paper (dpa)"."""
    found = _BRACKETED.search(matchable(outlet))
    return outlet[found.start(1) : found.end(1)] if found else None
