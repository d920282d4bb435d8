"""Coverage: who was earliest in which language, and what was not looked at apart from what was looked at in vain."""

from builders import PROFILE, case, say, site

from overt.weigh import gaps

NETWORK = site("network", None, group="network", country=None)
ENGLISH = say("opened", "2018", normal="2018", entity="a", published="2022-10-13", page="Post")
CHINESE = say("opened", "2018年", normal="2018", entity="a", published="2019-03", page="报", language="zh-Hans")
UNDATED = say("opened", "2018", normal="2018", entity="a", published=None, page="Sun", language="fr")
OF_ALL = say("service", "passports", normal="passports", entity="network", published="2018-01-01", page="Sun")


def made(*statements):
    return gaps(case([NETWORK, site("a")], list(statements)), PROFILE)


def test_the_earliest_of_each_language_stands_in_order_of_time_with_the_days_between():
    of_site = made(ENGLISH, CHINESE, UNDATED, OF_ALL)[-1]
    told = [(e.language, e.published, e.statement) for e in of_site.earliest]
    assert told == [("zh", "2019-03", CHINESE.id), ("en", "2022-10-13", ENGLISH.id)]
    assert of_site.days == 1292  # from the last day of March 2019: a month is no day


def test_what_is_said_of_the_network_is_no_report_of_a_site():
    assert all(gap.entity != "network" for gap in made(ENGLISH, OF_ALL))


def test_a_country_has_the_earliest_of_its_sites():
    country, *sites = made(ENGLISH, CHINESE)
    assert country.entity is None
    assert country.earliest == sites[0].earliest


def test_order_of_statements_changes_nothing():
    assert made(ENGLISH, CHINESE, UNDATED) == made(UNDATED, CHINESE, ENGLISH)
