"""Ids and the walk back: what an id names, and that every branch ends in words and sealed bytes."""

import pytest

from overt.model import InputError, Registry
from overt.profile import Profile
from overt.review import Branch, Walk, find_id, voice_words


@pytest.fixture(scope="session")
def walk(registry: Registry, profile: Profile) -> Walk:
    return Walk(registry, profile)


def lines(branch: Branch) -> list[str]:
    return [branch.words, *(w for below in branch.below for w in lines(below))]


def test_every_noun_is_found_by_its_id_and_by_the_beginning_of_it(registry: Registry) -> None:
    for kind, nouns in (("statement", registry.statements), ("fact", registry.facts), ("origin", registry.origins)):
        for noun in nouns[:5]:
            assert find_id(registry, noun.id) == (kind, noun.id)
            assert find_id(registry, noun.id[:20].upper()) == (kind, noun.id)
    for entity in registry.entities:  # an entity's id is that of a mention: the entity is meant
        assert find_id(registry, entity.id) == ("entity", entity.id)
    capture = registry.sightings[0].capture
    assert find_id(registry, capture) == ("capture", capture)


def test_what_names_nothing_or_several_is_refused(registry: Registry) -> None:
    with pytest.raises(InputError, match="at least 6"):
        find_id(registry, registry.facts[0].id[:5])
    with pytest.raises(InputError, match="no statement"):
        find_id(registry, "z" * 12)
    with pytest.raises(InputError, match="at least 6"):
        find_id(registry, "")


def test_every_statement_leads_to_words_page_and_seal(walk: Walk, registry: Registry) -> None:
    texts = {d.capture: d.text for d in registry.documents}
    for statement in registry.statements:
        tree = walk.why(statement.id)
        said = "\n".join(lines(tree))
        assert f"“{statement.quote.exact}”" in said
        assert f"sha256:{statement.capture}" in said
        assert statement.quote.exact in texts[statement.capture]
        assert "voice: " in said
        assert "rule " in said


def test_every_fact_leads_to_all_its_statements_and_says_by_which_rule(walk: Walk, registry: Registry) -> None:
    for fact in registry.facts:
        tree = walk.why(fact.id)
        said = "\n".join(lines(tree))
        for statement in (*fact.affirming, *fact.findings, *(c.statement for c in fact.against)):
            assert f"statement {statement[:12]}" in said
        assert f"rule {fact.rule}: " in said
        assert f"rule {fact.rule}: \n" not in said


def test_every_entity_origin_mention_capture_and_judgement_has_a_tree(walk: Walk, registry: Registry) -> None:
    for entity in registry.entities:
        assert walk.why(entity.id).words.startswith(f"entity {entity.id[:12]}")
        for old in entity.was:
            assert walk.why(old).words.startswith(f"entity {entity.id[:12]}")
    for origin in registry.origins:
        tree = walk.why(origin.id)
        assert origin.reason in lines(tree)
    for mention in registry.mentions[:20]:
        assert walk.why(mention.id).below
    for sighting in registry.sightings:
        assert any(sighting.address in line for line in lines(walk.why(sighting.capture)))
    for line in registry.judgements:
        assert any(line.why in words for words in lines(walk.why(line.id)))


def test_a_voice_in_one_line() -> None:
    assert voice_words("Ada Example", "director", "Lantern Watch") == "Ada Example, director, Lantern Watch"
    assert voice_words(None, None, "Lantern Watch") == "Lantern Watch"
    assert voice_words(None, None, None) == "unnamed"
