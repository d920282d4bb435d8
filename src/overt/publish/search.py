"""An index that the reader's browser searches, from a folder as well as from a server: words, and pairs of Han.

In: a book. Out: path -> bytes of small scripts, each one call with data (a page opened from a folder may load scripts,
but fetch nothing). Only words that were cleared go in. The same book gives the same bytes.

Method: an inverted index in shards by a hash of the term; CJK runs as single characters and overlapping bigrams, and
phrases checked against the text itself. `static/search.js` folds what is typed exactly as `folded` does.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from overt.places.table import chain
from overt.places.table import get as lookup
from overt.protect.public import Words, is_whole, shown
from overt.publish.book import Book
from overt.publish.labels import Labels
from overt.publish.words import LANGUAGES, catalogue
from overt.words.scripts import is_cjk, simplified_pairs, simplify

FOLDER = "static/search"
SHARDS = 64
TEXTS = 50  # documents whose texts stand in one file


def folded(text: str) -> str:
    """Return words as they are compared: compatibility forms, small letters, no accents, Simplified, single spaces."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    bare = "".join(char for char in plain if not unicodedata.category(char).startswith("M"))
    return " ".join(simplify(unicodedata.normalize("NFC", bare)).split())


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a folded text: words, and single characters and pairs of those written without spaces."""
    word, before = "", ""
    for char in text + " ":
        if is_cjk(char):
            if word:
                yield word
            word = ""
            yield char
            if before:
                yield before + char
            before = char
            continue
        before = ""
        if unicodedata.category(char)[0] in "LN":
            word += char
        elif word:
            yield word
            word = ""


def shard(term: str) -> int:
    """Return the shard of a term; the script counts the same way."""
    value = 0
    for char in term:
        value = (value * 31 + ord(char)) % SHARDS
    return value


def index(book: Book, pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return the index of a book.

    Args:
        book: what is published.
        pages: (thing, its page) in the order in which hits of equal weight are shown.
    """
    labels = [Labels(book, catalogue(language)) for language in LANGUAGES]
    listed, texts = [], []
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for number, (thing, page) in enumerate(pages):
        listed.append([page, *(one.thing(thing) for one in labels)])
        text = folded(" \n ".join(_words(book, labels, thing)))
        texts.append(text)
        for term in terms(text):
            found[term][number] += 1
    by_shard: dict[int, dict[str, list[int]]] = defaultdict(dict)
    for term, hits in sorted(found.items()):
        by_shard[shard(term)][term] = _packed(hits)
    out = {f"{FOLDER}/d.js": _script("d", {"pages": listed, "han": simplified_pairs(), "texts": TEXTS})}
    for number in range(SHARDS):
        out[f"{FOLDER}/p{number}.js"] = _script(f"p{number}", by_shard.get(number, {}))
    for at in range(0, len(texts), TEXTS):
        out[f"{FOLDER}/t{at // TEXTS}.js"] = _script(f"t{at // TEXTS}", texts[at : at + TEXTS])
    return out


def places(book: Book, pages: dict[str, str]) -> bytes:
    """Return what `check.js` looks through: in one file, so that no request tells what was typed.

    Each place of an entry with all its names, whatever it lies in with theirs, each country, and the names that are in
    use for an entry, with the pages recorded there.
    """
    labels = [Labels(book, catalogue(language)) for language in LANGUAGES]
    by_place: dict[str, dict[str, object]] = {}
    for key, thing in sorted(book.things.items()):
        country = thing.country or ""
        names = {catalogue(language).country(country) for language in LANGUAGES} if country else set()
        spots = [(country, names)] if country else []
        if thing.place is not None and thing.place.precision != "country":
            spots.append((thing.place.id, set(thing.place.names.values())))
            outer = (lookup(one) for one in chain(thing.place.id)[1:])
            spots += [(one.id, set(one.names.values())) for one in outer if one is not None and one.id != country]
        called = {shown(s.value.words) for s in book.about(key) if s.property == "name" and is_whole(s.value.words)}
        spots.append((key, called | ({thing.name} if thing.name else set())))
        for spot, known_as in spots:
            one = by_place.setdefault(spot, {"names": set(), "pages": []})
            known, listed = one["names"], one["pages"]
            assert isinstance(known, set)
            assert isinstance(listed, list)
            known |= {folded(name) for name in known_as if name}
            listed.append([pages[key], *(label.thing(key) for label in labels)])
    plain = [{"names": sorted(one["names"]), "pages": one["pages"]} for _, one in sorted(by_place.items())]  # type: ignore[call-overload]
    return _script("places", {"places": plain, "han": simplified_pairs()})


def _words(book: Book, labels: list[Labels], thing: str) -> Iterator[str]:
    for one in labels:
        yield one.thing(thing)
    place = book.things[thing].place
    if place is not None:
        yield from sorted(set(place.names.values()))
    said: set[str] = set()
    for statement in book.about(thing):
        parts: list[Words] = [statement.quote.exact, *(voice.organisation for voice in statement.attribution)]
        parts.append(book.sources[statement.source].title)
        parts += [one.value(statement) for one in labels]
        said |= {shown(words) for words in parts}
    yield from sorted(said)


def _packed(hits: dict[int, int]) -> list[int]:
    """Return hits as differences of numbers, each followed by how often."""
    out, before = [], 0
    for number in sorted(hits):
        out += [number - before, hits[number]]
        before = number
    return out


def _script(name: str, data: object) -> bytes:
    # `</` cannot end a script element early, and U+2028 no line, wherever this is put.
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    text = text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"overtPut({json.dumps(name)},{text});\n".encode()
