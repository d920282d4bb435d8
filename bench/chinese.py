"""Who says what in Chinese, and which organisations it names: `bench/chinese.tsv` beside a plain baseline.

The sentences were written for this set, half in Simplified and half in Traditional characters, from public facts or
about bodies that do not exist, and labelled before the finder was read. Half a (odd numbers) may be looked at while
mending; half b is only counted. A *source* is the whole noun phrase of who speaks, without when and where; subjects
that share a verb are one; pronouns and bare roles count. *Content* is what the first source says, without the marks
around it; in a chain it is what the innermost says. *Organisations* are bodies called by a name of their own (外交部,
福州市公安局), not by a description (荷兰警方, 中国使馆).

A prediction is right where it overlaps a label by an intersection over union of at least .5 of characters, each label
taken once, best first. For organisations `exact` asks for the very characters.
"""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from overt.find.attribution import CARRIED, Memory
from overt.find.bodies_han import bodies
from overt.find.lexicon import speech
from overt.find.sentence import Span, split
from overt.find.spoken import spoken
from overt.find.voices import Voices
from overt.model import Voice, sha256
from overt.profile import find_profile, load
from overt.words.phrases import matchable

LABELS = Path(__file__).with_name("chinese.tsv")
HALF = 0.5
JOINS = " | "


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled sentence. `organisations` holds all places of each: any of them may be found."""

    script: str
    half: str
    text: str
    sources: tuple[Span, ...]
    content: Span | None
    organisations: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a sentence. `content` is that of the first attribution; None where there is none."""

    sources: tuple[Span, ...]
    content: frozenset[int] | None
    organisations: tuple[Span, ...]


Reader = Callable[[str], Read]


def rows() -> list[Row]:
    """The labelled sentences in their order.

    Raises:
        ValueError: naming the sentence whose label does not stand in it.
    """
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _row(line: dict[str, str]) -> Row:
    text, at, sources = line["text"], 0, []
    for words in filter(None, line["sources"].split(JOINS)):
        start = text.find(words, at)
        if start < 0:
            raise ValueError(f"sentence {line['id']}: {words!r} does not stand in it, or out of order")
        sources.append((start, start + len(words)))
        at = start + 1
    content = None
    if line["content"]:
        start = text.find(line["content"])
        content = (start, start + len(line["content"]))
    named = tuple(_places(text, words) for words in filter(None, line["organisations"].split(JOINS)))
    if not all(named) or (content is not None and content[0] < 0):
        raise ValueError(f"sentence {line['id']}: a label does not stand in it")
    return Row(line["script"], line["half"], text, tuple(sources), content, named)


def _places(text: str, words: str) -> tuple[Span, ...]:
    return tuple((m.start(), m.end()) for m in re.finditer(re.escape(words), text))


def ours() -> Reader:
    """The finder as a page uses it, each sentence by itself. A person and a body were named before: pronouns have whom
    to point to, as they do on a page."""
    profile = load(Path(str(find_profile("overseas-stations"))))
    words = speech("zh")
    assert words is not None
    voices = Voices(words, profile)

    def read(text: str) -> Read:
        memory = Memory(person=Voice(role="-", words="-"), body=Voice(organisation="-", words="-"))
        for voice in voices.introduced(text):
            memory.introduce(voice)
        sentences = [(one, text, voices) for one in split(0, text, "zh", words)]
        made = [a for one in spoken(sentences, memory) for a in one.attributions if a.rule not in CARRIED]
        folded = matchable(text)
        named = [*bodies(text, words.cues), *(_bare(text, h.start, h.end) for h in voices.known.find(folded))]
        made.sort(key=lambda a: min(a.cue, a.source or a.cue))
        content = frozenset(i for a, b in made[0].content for i in range(a, b)) if made else None
        sources = [a.source for a in made if a.source]
        for one in made:
            heard = one.heard_by.words if one.heard_by else None
            at = text.find(heard, one.source[1] if one.source else 0) if heard else -1
            if heard and at >= 0:
                sources.append((at, at + len(heard)))
        return Read(tuple(dict.fromkeys(sources)), content, _widest(named))

    return read


def _bare(text: str, start: int, end: int) -> Span:
    """A span without the marks around a title: 《时报》."""
    inside = text[start:end].strip("《》「」“”")
    return text.find(inside, start), text.find(inside, start) + len(inside)


def _widest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Of overlapping spans the widest, in order."""
    out: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not any(span[0] < b and a < span[1] for a, b in out):
            out.append(span)
    return tuple(sorted(out))


_CUES = re.compile(
    "表示|指出|强调|強調|透露|证实|證實|否认|否認|质疑|質疑|呼吁|呼籲|认为|認為|宣布|回应|回應|批评|批評|报道|報導|说|說|称|稱"
)
_ACCORDING = re.compile("(?:据|據|根据|根據)([^，。]{2,30}?)(?:报道|報導|消息|透露)?，")
_ENDS = "。，：；“”「」！？"
_BODY = re.compile(
    "[\u4e00-\u9fff]{1,12}?(?:公安局|公安部|外交部|内政部|內政部|委员会|委員會|大使馆|大使館|法院|检察院|公司|大学|大學|日报|日報|"
    "联盟|聯盟|中心|局|部|署|院|会|會|社|台)"
)


def plain(text: str) -> Read:
    """The baseline: a cue, the words before it back to a mark, the words behind it; bodies by how their names end."""
    sources: list[Span] = []
    contents: list[frozenset[int]] = []
    for match in _ACCORDING.finditer(text):
        sources.append(match.span(1))
        contents.append(frozenset(range(match.end(), len(text))))
    for match in _CUES.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in _ENDS) + 1
        if start < match.start():
            sources.append((start, match.start()))
            whole = range(match.end(), len(text)) if len(text) - match.end() > 2 else range(start)
            contents.append(frozenset(whole))
    named = tuple(m.span() for m in _BODY.finditer(text))
    return Read(tuple(sources), contents[0] if contents else None, named)


@dataclass(slots=True)
class Tally:
    """Labels, predictions, and how many of these are right."""

    labels: int = 0
    made: int = 0
    right: int = 0

    def f1(self) -> tuple[float, float, float]:
        """Precision, recall and their harmonic mean."""
        p, r = self.right / max(1, self.made), self.right / max(1, self.labels)
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def measure(reader: Reader, wanted: Iterable[Row]) -> dict[str, Tally]:
    """Count labels, predictions and right ones of `source`, `content`, `organisations` and `exact` over rows."""
    out = {name: Tally() for name in ("source", "content", "organisations", "exact")}
    for row in wanted:
        got = reader(row.text)
        content = frozenset(range(*row.content)) if row.content else None
        _add(out["source"], [(s,) for s in row.sources], got.sources)
        _add(out["organisations"], list(row.organisations), got.organisations)
        _add(out["exact"], list(row.organisations), got.organisations, least=1.0)
        one = out["content"]
        one.labels += content is not None
        one.made += got.content is not None
        if content is not None and got.content is not None:
            one.right += len(content & got.content) >= HALF * len(content | got.content)
    return out


def _add(tally: Tally, labels: list[tuple[Span, ...]], made: tuple[Span, ...], least: float = HALF) -> None:
    """Pair each label with one prediction; a second one of another place of the same label is no mistake."""
    pairs = sorted(
        (-max(_share(place, span) for place in label), i, j)
        for i, label in enumerate(labels)
        for j, span in enumerate(made)
    )
    used_label: set[int] = set()
    used_made: set[int] = set()
    again = 0
    for share, i, j in pairs:
        if -share < least or j in used_made:
            continue
        again += i in used_label
        used_label.add(i)
        used_made.add(j)
    tally.labels += len(labels)
    tally.made += len(made) - again
    tally.right += len(used_label)


def _share(one: Span, other: Span) -> float:
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def score(half: str = "b") -> dict[str, float]:
    """The F1 of each figure on one half, both scripts."""
    got = measure(ours(), [row for row in rows() if row.half == half])
    return {name: tally.f1()[2] for name, tally in got.items()}


def digest() -> str:
    """A hash of the labels, so that a floor is known to belong to them."""
    return sha256(LABELS.read_bytes())[:16]


def table(halves: str = "ab") -> str:
    """Precision / recall / F1 for each half and script."""
    labelled = rows()
    lines = ["| reader | half | script | sentences | source | content | organisations | exact |", "|" + "---|" * 8]
    for name, reader in (("cues and endings", plain), ("Overt", ours())):
        for half in halves:
            for script in ("Hans", "Hant"):
                some = [row for row in labelled if (row.half, row.script) == (half, script)]
                cells = [" / ".join(f"{x:.3f}" for x in t.f1()) for t in measure(reader, some).values()]
                lines.append(f"| {name} | {half} | {script} | {len(some)} | {' | '.join(cells)} |")
    return "\n".join(lines)


__all__ = ["digest", "measure", "ours", "plain", "rows", "score", "table"]
