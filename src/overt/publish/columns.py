"""The columns of the data files, each with what it holds: for their heads, the data package and the README."""

SITES = {
    "id": "id of the entry (an opaque hash)",
    "kind": "kind of the profile, never a claim",
    "is_group": "true for several sites spoken of together; these are never counted",
    "counted": "true where a row of the headline rests on it",
    "label": "kind and place in English",
    "city": "city or region in English, empty where none is published",
    "country": "ISO 3166-1 alpha-2 code",
    "support": "support of its existence: alleged, reported, corroborated or confirmed",
    "origins": "number of separate roots of its existence, as far as traced",
    "statements": "number of statements about it in statements.csv",
    "denied": "what of it is denied or taken back, by whom and when; a bar between two",
    "findings": "what authorities found of it, who says so and when; a bar between two",
    "asked": "who was asked and when, and whether an answer came, or why nobody was; a bar between two",
    "disputed": "true where it is disputed and being checked",
    "states": "what was said of its state, by whom and when; a bar between two",
}
COUNTS = {
    "id": "id of the row (an opaque hash of its facts)",
    "kind": "kind of the profile that is counted",
    "support": "the least support that was asked for; the headline asks for reported",
    "country": "ISO 3166-1 alpha-2 code",
    "entries": "ids of the entries in sites.csv behind the row",
    "open": "true where it is open how many the entries are: they count as one",
}
STATEMENTS = {
    "id": "id of the statement",
    "entity": "id of the entry in sites.csv",
    "property": "property of the profile",
    "value": "what is said: words, or the label of a code, a date, a number or a city",
    "normal": "code, EDTF date or place id, where there is one",
    "number": "number, for counts",
    "unit": "unit of the number",
    "qualifier": "at_least and the like",
    "stance": "states, alleges, denies, confirms, announces, asks or retracts",
    "basis": "how the voice knows, from the words",
    "voice": "the first voice",
    "voice_kind": "kind of the first voice",
    "chain": "all voices, the first first, the outlet of the page last",
    "quote": "the words of the page",
    "published": "date of the page (EDTF)",
    "outlet": "outlet of the page",
    "url": "address of the page, or its host alone where the path is withheld",
    "capture": "SHA-256 of the bytes that were kept",
    "origin": "id of the root in facts.jsonl",
    "implied": "true where it follows from another statement",
    "accepted": "true where enough people accepted: these words say this, by this voice, in this stance; never that "
    "it is so",
}

PICTURES = {
    "id": "SHA-256 of the picture's file",
    "file": "its path in the release",
    "of": "id of the statement or entry that it belongs to",
    "shows": "what it shows, as people of the case wrote",
    "capture": "SHA-256 of the bytes that it was cut out of",
    "covered": "number of spots that were painted over",
    "width": "pixels",
    "height": "pixels",
}
