"""Attribution beside a plain baseline: source, cue and content spans on PolNeAR, where its articles are at hand.

PolNeAR (Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018) has no licence:
it is measured on, and nothing of it is in this repository. `OVERT_POLNEAR` names the folder that holds
`test/attributions/*.ann` and `test/text/*.txt` (brat stand-off; the first annotator of each article).

A prediction is right where the content overlaps a label's by an intersection over union of at least .5, each label
taken once, best first; "with source" asks for an overlapping source as well. The *reported speech* part holds the
labels and predictions whose cue is a verb or noun of speech, or whose content has a quotation mark.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from overt.find.attribution import CARRIED, Attribution, Memory
from overt.find.lexicon import speech
from overt.find.parsed import Told
from overt.find.sentence import split
from overt.find.spoken import spoken
from overt.find.voices import Voices
from overt.profile import find_profile, load

Spans = tuple[tuple[int, int], ...]
HALF = 0.5
ABSENT = "OVERT_POLNEAR names no folder with PolNeAR's articles"
SPEECH = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|claim\w*|alleg\w+|accus\w+|den(?:y|ies|ied|ying)|confirm\w*|announc\w+|ask\w*|"
    r"add(?:s|ed|ing)?|explain\w*|not(?:es|ed|ing)|report\w*|stat(?:e|es|ed|ing|ements?)|argu\w+|insist\w*|warn\w*|repl\w+|respon\w+|"
    r"answer\w*|suggest\w*|declar\w+|writ(?:es?|ing|ten)|wrote|according|cit(?:es?|ed|ing)|quot\w+|admit\w*|acknowledg\w+|promis\w+|"
    r"describ\w+|call(?:s|ed|ing)?|tweet\w*|assert\w*|testif\w+|remark\w*|comment\w*|critici\w+|complain\w*|conced\w+|contend\w*|"
    r"disclos\w+|emphasi\w+|mention\w*|observ(?:e|es|ed|ing)|pledg\w+|predict\w*|reveal\w*|stress\w*|urg(?:e|es|ed|ing)|vow\w*)\b",
    re.I,
)
QUOTED = re.compile("[\"“”„«»]|(?<!\\w)['‘]|''|``")


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: spans of the article. `source` may be empty."""

    source: Spans
    cue: Spans
    content: Spans


Reader = Callable[[str], list[Relation]]


def gold(folder: Path) -> Iterable[tuple[str, list[Relation]]]:
    """The articles with their first annotator's attributions, in order of their names."""
    for path in sorted((folder / "text").glob("*.txt")):
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        if files:
            yield path.read_text(encoding="utf-8"), _relations(files[0].read_text(encoding="utf-8"))


def _relations(ann: str) -> list[Relation]:
    """The relations of a brat file. An event's roles may be numbered ("Content2:T9")."""
    spans: dict[str, Spans] = {}
    out = []
    for line in ann.splitlines():
        if line.startswith("T"):
            key, what, _ = line.split("\t", 2)
            spans[key] = tuple((int(a), int(b)) for a, b in (part.split() for part in what.split(" ", 1)[1].split(";")))
        elif line.startswith("E"):
            roles: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
            for role, key in (part.split(":") for part in line.split("\t", 1)[1].split()):
                name = role.rstrip("0123456789")
                if name in roles:
                    roles[name] += spans.get(key, ())  # a few events name spans that are not there
            if roles["Content"]:
                out.append(Relation(*(tuple(sorted(roles[r])) for r in ("Source", "Cue", "Content"))))
    return out


def ours() -> Reader:
    """The patterns of Overt as `find` uses them: paragraph by paragraph, one memory an article."""
    return patterns(lambda text: {})


def patterns(told: Callable[[str], Mapping[int, Sequence[Told]]]) -> Reader:
    """The patterns beside what parses of an article's passages tell, by the passage's number."""
    words = speech("en")
    assert words is not None
    voices = Voices(words, load(Path(str(find_profile("overseas-stations")))))
    return lambda text: _patterns(text, voices, told(text))


def _patterns(text: str, voices: Voices, told: Mapping[int, Sequence[Told]]) -> list[Relation]:
    memory, at = Memory(), 0
    starts, sentences = [], []
    for number, passage in enumerate(text.split("\n")):
        starts.append(at)
        at += len(passage) + 1
        sentences += [(s, passage, voices) for s in split(number, passage, "en", voices.speech)]
        for voice in voices.introduced(passage):
            memory.introduce(voice)
    made: list[tuple[Attribution, int, list[tuple[int, int]]]] = []
    parts: list[tuple[Attribution, int, list[tuple[int, int]]]] = []
    for said in spoken(sentences, memory, told):
        shift = starts[said.sentence.passage]
        for one in said.attributions:
            spans = [(a + shift, b + shift) for a, b in one.content if a < b]
            if one.rule not in CARRIED or (one.of is None and not made):
                made.append((one, shift, spans))
            elif one.of is not None:
                parts.append((one, shift, spans))
            else:
                made[-1][2].extend(spans)  # it goes on with what was said last
    for part, shift, spans in parts:
        next(whole for one, at, whole in made if at == shift and one.cue == part.of).extend(spans)
    return [
        Relation(
            ((one.source[0] + shift, one.source[1] + shift),) if one.source else (),
            ((one.cue[0] + shift, one.cue[1] + shift),),
            tuple(sorted(spans)),
        )
        for one, shift, spans in made
        if spans
    ]


_CUE = re.compile(r"\b(?:said|says|told|added|claimed|argued|wrote|noted|insisted|warned|denied|explained|stated)\b")


def plain(text: str) -> list[Relation]:
    """The baseline: a cue in a sentence, the capitalised words beside it, its quotations or else the rest."""
    out = []
    for match in re.finditer(r"[^\n.!?]+(?:[.!?][\"”']?|\n|$)", text):
        start, end = match.span()
        cue = _CUE.search(text, start, end)
        if cue is None:
            continue
        before = re.search(r"(?:[A-Z][\w.'’-]*\s+|he\s+|she\s+|they\s+)+$", text[start : cue.start()], re.I)
        source: Spans = ((start + before.start(), cue.start()),) if before else ()
        quotes = [(m.start(), m.end()) for m in re.finditer(r"[\"“][^\"”]+[\"”]", text[start:end])]
        content: Spans = tuple((a + start, b + start) for a, b in quotes) or ((cue.end(), end),)
        out.append(Relation(source, ((cue.start(), cue.end()),), content))
    return out


def _cells(spans: Spans, text: str) -> set[int]:
    """The words of spans, each by the offset of its first character."""
    return {m.start() + a for a, b in spans for m in re.finditer(r"\w+", text[a:b])}


def _is_reported(one: Relation, text: str) -> bool:
    cue = " ".join(text[a:b] for a, b in one.cue)
    near = " ".join(text[max(0, a - 1) : b + 1] for a, b in one.content)
    return bool(SPEECH.search(cue) or QUOTED.search(near))


def measure(reader: Reader, articles: list[tuple[str, list[Relation]]]) -> dict[str, float]:
    """Return precision, recall and F1 of content, and of content with source, for all and for reported speech; also
    `source_right`, the share of matched labels with a source whose source overlaps, and `words_s`, words a second."""
    began = time.perf_counter()
    found = [reader(text) for text, _ in articles]
    spent = time.perf_counter() - began
    out = {"words_s": sum(len(t.split()) for t, _ in articles) / spent}
    for part in ("all", "reported"):
        made = labels = right = sourced = with_source = asked = 0
        for (text, wanted), got in zip(articles, found, strict=True):
            if part == "reported":
                wanted = [w for w in wanted if _is_reported(w, text)]
                got = [g for g in got if _is_reported(g, text)]
            made, labels = made + len(got), labels + len(wanted)
            for w, g in _matches(wanted, got, text):
                right += 1
                overlaps = bool(_cells(w.source, text) & _cells(g.source, text)) or (not w.source and not g.source)
                with_source += overlaps
                asked += bool(w.source)
                sourced += overlaps and bool(w.source)
        for name, hits in (("content", right), ("with_source", with_source)):
            p, r = hits / max(1, made), hits / max(1, labels)
            out |= {
                f"{part}_{name}_p": p,
                f"{part}_{name}_r": r,
                f"{part}_{name}": 2 * p * r / (p + r) if p + r else 0.0,
            }
        out[f"{part}_source_right"] = sourced / max(1, asked)
    return out


def outermost(reader: Reader) -> Reader:
    """Leave out what is said inside what somebody else says: the corpus labels each word once.

    Of two that hold each other's cues, the one with more words stays.
    """

    def read(text: str) -> list[Relation]:
        found = reader(text)
        cells = [_cells(one.content, text) for one in found]
        kept: list[int] = []
        for number in sorted(range(len(found)), key=lambda n: (-len(cells[n]), n)):
            cue = _cells(found[number].cue, text)
            if not cue or not any(cue <= cells[other] for other in kept):
                kept.append(number)
        return [found[number] for number in sorted(kept)]

    return read


def _matches(wanted: list[Relation], got: list[Relation], text: str) -> list[tuple[Relation, Relation]]:
    """Pair labels with predictions, the greatest overlap first."""
    ws, gs = [_cells(w.content, text) for w in wanted], [_cells(g.content, text) for g in got]
    pairs = []
    for i, w in enumerate(ws):
        for j, g in enumerate(gs):
            both = len(w & g)
            if both and both >= HALF * len(w | g):
                pairs.append((-both / len(w | g), i, j))
    out, used_w, used_g = [], set(), set()
    for _, i, j in sorted(pairs):
        if i not in used_w and j not in used_g:
            used_w.add(i)
            used_g.add(j)
            out.append((wanted[i], got[j]))
    return out


def articles(part: str) -> list[tuple[str, list[Relation]]] | None:
    """The articles of a part ("dev", "test"), or None where they are not at hand."""
    folder = os.environ.get("OVERT_POLNEAR")
    where = Path(folder) / part if folder else None
    return list(gold(where)) if where is not None and where.is_dir() else None


__all__ = ["ABSENT", "articles", "measure", "ours", "outermost", "patterns", "plain"]
