"""Private names, organisations, telephones, e-mails and addresses are planted in every field of a case; no published
byte may hold one."""

import msgspec
import pytest
from made_up import BOTH, MadeUp
from reading import site

from overt.model import Level, Mention, Name, Origin, Scope, Value, Voice, VoiceKind, digest

SECRETS = (
    "Brackwater", "Quillon", "Ollerby", "Golden Lantern", "Silver Heron", "金灯", "金燈", "钱灯笼", "Invented Street",
    "555 0199", "5550199", "lantern@example.org", "@quillon", "PRIVATE NOTE", "secret-file-name", "golden-lantern",
    "RAWX", "Vexworth",
)  # fmt: skip
FORMS = "Golden Lantern Hometown Association, 12 Invented Street, +44 20 5550 0199, lantern@example.org"
TEXT = (
    "Quillon Brackwater, who lives at 12 Invented Street, said the Golden Lantern Hometown Association opened the "
    "station in 2018. Call +44 20 5550 0199 or write to lantern@example.org, Brackwater added. "
    "Mr Ollerby of Silver Heron Restaurant agreed. Licences are renewed there."
)
CHINESE = "福建金灯同乡会会长钱灯笼说，站点于2018年设立，电话 020 5550 0199。福建金燈同鄉會否认。"


def planted() -> MadeUp:
    case = MadeUp()
    page = case.page(
        TEXT,
        title="Golden Lantern Hometown Association denies Brackwater's words",
        byline="By Quillon Brackwater and Ella Vexworth",
        url="https://example.org/golden-lantern-hometown-association/brackwater?mail=lantern@example.org#Quillon",
        outlet="Example Times",
    )
    chinese = case.page(
        CHINESE, title="福建金燈同鄉會", outlet="示例日报", language="zh-Hans", url="https://example.cn/福建金灯"
    )
    file = case.page(TEXT + " Again.", outlet="Example Post", file="secret-file-name Brackwater.txt")
    hidden = case.page("RAWX confidential words of 2018", level=Level.CONFIDENTIAL)
    person = Voice(
        speaker="Quillon Brackwater", role="owner of the Silver Heron Restaurant",
        organisation="Golden Lantern Hometown Association", kind=VoiceKind.ASSOCIATION, words="Quillon Brackwater",
    )  # fmt: skip
    speaker = Voice(speaker="钱灯笼", role="会长", organisation="福建金灯同乡会", kind=VoiceKind.ASSOCIATION)
    site_ = case.site(
        "madrid",
        street="12 Invented Street",
        names=[msgspec.to_builtins(Name(text="Golden Lantern rooms", language="en", mentions=()))],
        operators=["Golden Lantern Hometown Association"],
    )
    club = case.site("club", kind="organisation", place="geonames:2", country="GB")
    batch = case.site("batch", group="operator:Golden Lantern Hometown Association", place=None)
    scope = msgspec.to_builtins(Scope(whose="Golden Lantern Hometown Association", where="12 Invented Street"))
    for document, voice in ((page, person), (file, person)):
        whole = TEXT[: TEXT.index("Licences")]
        case.says(document, site_, "opened", "2018", whole, BOTH, voice=voice, normal="2018")
        case.says(
            document,
            site_,
            "operator",
            "Golden Lantern Hometown Association",
            whole,
            BOTH,
            voice=voice,
            actor="Golden Lantern Hometown Association",
            works=["Brackwater's diary"],
            scope=scope,
        )
        case.says(document, site_, "located_in", "12 Invented Street", whole, BOTH, voice=voice, normal="geonames:3")
        case.says(document, site_, "name", "Golden Lantern rooms", "Licences are renewed there.", BOTH)
        case.says(document, site_, "service", FORMS, "Licences are renewed there.", BOTH, qualifier="Brackwater")
        case.says(document, club, "activity", FORMS, whole, BOTH, subject="Golden Lantern Hometown Association")
        case.says(document, site_, "host_finding", FORMS, whole, BOTH)
        case.says(
            document,
            batch,
            "reported_count",
            "2 of Brackwater's",
            whole,
            BOTH,
            number=2.0,
            unit="Brackwater",
            scope=scope,
            origin="Example Post / Quillon Brackwater",
        )
        case.says(document, site_, "status", "closed by Brackwater", whole, BOTH, normal="Brackwater")
    case.says(chinese, site_, "operator", "福建金灯同乡会", CHINESE, BOTH, voice=speaker)
    case.says(chinese, site_, "service", "福建金灯同乡会换证", CHINESE, BOTH, voice=speaker)
    case.says(hidden, site_, "service", "RAWX", "RAWX confidential words", BOTH)
    case.mentions.append(
        Mention(
            id=digest("m"), capture=page, address="RAWX", document=page, passage=0, start=0, end=5,
            text="Golden Lantern Hometown Association", kind="organisation", names=("Golden Lantern",),
            operators=("Silver Heron Restaurant",), street="12 Invented Street",
        )
    )  # fmt: skip
    for key, origin in list(case.origins.items()):
        reason = f"{origin.root}: Quillon Brackwater of the Golden Lantern Hometown Association said so first"
        case.origins[key] = Origin(id=origin.id, root=origin.root, reason=reason)
    return case


def everything(files: dict[str, bytes]) -> str:
    return "\n".join([*files, *(data.decode("utf-8") for data in files.values())])


@pytest.mark.parametrize("is_draft", [False, True])
def test_no_published_byte_holds_a_private_name_or_personal_data(is_draft: bool) -> None:
    files = site(planted(), is_draft=is_draft)
    text = everything(files)
    assert len(files) > 30
    folded = text.casefold()
    assert [secret for secret in SECRETS if secret.casefold() in folded] == []
    # What may be said is still there: protection that blanks everything would pass the line above too.
    for words in (
        "Licences are renewed there.",
        "2018",
        "an association in Madrid, name withheld",
        "〔",
        "站点于2018年设立",
    ):
        assert words in text


def test_the_test_sees_what_it_looks_for() -> None:
    """With a role for the person and grounds for the association their names are public: the search is not blind."""
    case = planted()
    case.judge("role", "Quillon Brackwater", "demo-1", role="mayor")
    for handle in BOTH:
        case.judge("ground", "Golden Lantern Hometown Association", handle, ground="a court's verdict")
    text = everything(site(case))
    assert "Quillon Brackwater" in text
    assert "Golden Lantern Hometown Association" in text
    assert "Ollerby" not in text
    assert "5550" not in text


def test_values_of_any_type_are_cut() -> None:
    case = MadeUp()
    page, site_ = case.page(TEXT), case.site("madrid")
    for prop, rule in case.profile.properties.items():
        said = case.says(page, site_, prop, FORMS, "Licences are renewed there.", BOTH)
        odd = msgspec.structs.replace(
            said, value=Value(text=FORMS, type=rule.type, normal=FORMS, unit=FORMS, number=1.5)
        )
        case.statements = [odd if s.id == said.id else s for s in case.statements]
    text = everything(site(case)).casefold()
    assert [secret for secret in SECRETS if secret.casefold() in text] == []
