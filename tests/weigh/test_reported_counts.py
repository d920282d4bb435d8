"""Reported counts beside the recount: only where comparable, and a conflation of two reports is named."""

from builders import PROFILE, SITE, case, judge, say, site, voice

from overt.model import Scope, Verb
from overt.weigh import reported_counts

WATCHDOG = voice("Safeguard Defenders")
FUZHOU = voice("Fuzhou police")


def told(number, unit, *voices, page="Post", whose=None, where=None, as_of=None, **more):
    more.setdefault("published", "2022-10-13")
    return say(
        "reported_count",
        "",
        *voices,
        page=page,
        entity="network",
        number=float(number),
        unit=unit,
        scope=Scope(whose=whose, where=where, as_of=as_of),
        group=more.pop("group", "network"),
        **more,
    )


def there(entity, place, **more):
    return say("located_in", place, entity=entity, normal=place, page=f"Paper {entity}", **more)


NETWORK = site("network", None, group="network", country=None)
SITES = [NETWORK, site("a"), site("b", "c:perth"), site("c", "c:madrid"), site("d", "c:dublin")]
SAID = [
    there("a", "c:sydney", published="2022-09-01"),
    there("b", "c:perth", published="2022-09-02"),
    there("c", "c:madrid", published="2022-10-01"),
    there("d", "c:dublin", published="2023-01-01"),
]


def reported(*statements, lines=()):
    made = reported_counts(case(SITES, [*SAID, *statements], lines), PROFILE)
    return made[0] if len(made) == 1 else made


def test_the_six_parts_stand_beside_the_recount_of_the_same_day():
    made = reported(told(54, "sites", WATCHDOG, qualifier="at_least", as_of="2022-09-12"))
    assert (made.what, made.unit, made.number) == (SITE, "sites", 54)
    assert (made.whose, made.where, made.as_of, made.qualifier) == (None, None, "2022-09-12", "at_least")
    assert made.voice == "Safeguard Defenders"
    assert (made.recount, made.why_not) == (2, None)


def test_without_a_day_of_its_own_a_number_is_of_the_day_of_its_page():
    assert reported(told(54, "sites", published="2022-10-13")).recount == 3
    assert reported(told(54, "sites", published="2023-02")).recount == 4


def test_countries_and_cities_are_recounted_as_such_and_one_country_by_itself():
    assert reported(told(30, "countries", as_of="2022-10-13")).recount == 2
    assert reported(told(30, "cities", as_of="2022-10-13")).recount == 3
    assert reported(told(2, "sites", where="AU", as_of="2022-10-13")).recount == 2
    assert reported(told(2, "sites", where="c:perth", as_of="2022-10-13")).recount == 1


def test_what_cannot_be_compared_says_why():
    for statement, words in (
        (told(30, "sites", whose="Fuzhou police"), "some of the sites"),
        (told(230000, "people"), "unit"),
        (told(3, "sites", where="r:fujian"), "region"),
        (told(3, "sites", where="Atlantis"), "not a known place"),
        (told(3, "sites", published=None), "date"),
        (told(3, "sites", kind="organisation"), "not a kind"),
    ):
        made = reported(statement)
        assert made.recount is None
        assert words in made.why_not


def test_a_conflation_of_two_reports_is_named_and_the_two_reports_are_not():
    batch = [told(n, u, FUZHOU, page="News", published="2022-01-22") for n, u in ((30, "sites"), (21, "countries"))]
    report = [told(n, u, WATCHDOG, page="Times", published="2022-09-12") for n, u in ((54, "sites"), (30, "countries"))]
    mixed = [told(n, u, page="Mixer", published="2022-10-13") for n, u in ((54, "sites"), (21, "countries"))]
    made = {r.statement: r for r in reported(*batch, *report, *mixed)}
    words = made[mixed[0].id].conflation
    assert words == made[mixed[1].id].conflation
    assert words == (
        "21 countries goes with 30 sites (Fuzhou police), 54 sites with 30 countries (Safeguard Defenders)"
    )
    assert all(made[s.id].conflation is None for s in (*batch, *report))


def test_a_later_report_with_other_numbers_is_no_conflation():
    first = [told(n, u, WATCHDOG, page="Times", published="2022-09-12") for n, u in ((54, "sites"), (30, "countries"))]
    later = [told(n, u, WATCHDOG, page="Sun", published="2022-12-05") for n, u in ((102, "sites"), (53, "countries"))]
    assert all(r.conflation is None for r in reported(*first, *later))


def test_two_reports_in_one_breath_are_not_paired_by_guess():
    both = [
        told(n, u, page="Post", quote=f"{n} {u}")
        for n, u in ((54, "sites"), (30, "countries"), (30, "sites"), (21, "countries"))
    ]
    mixed = [told(n, u, page="Mixer", published="2022-11") for n, u in ((54, "sites"), (21, "countries"))]
    assert all(r.conflation is None for r in reported(*both, *mixed))


def test_a_rejected_number_is_no_reported_count():
    hotline = told(110, "sites")
    assert reported(hotline, lines=(judge(Verb.REJECT, hotline.id),)) == []
