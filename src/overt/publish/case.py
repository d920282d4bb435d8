"""Publishing a case: the build, the functions of weighing and the handle's key brought together."""

from pathlib import Path

from overt.case import Case, ensure_writing
from overt.ledger import key_of, read_judgements, signature, write_judgement
from overt.ledger.keys import is_file_signed
from overt.model import CaseError, Judgement, Registry, Verb
from overt.profile import Profile
from overt.publish import manifest
from overt.publish.book import Weighing
from overt.publish.release import Release, draft, numbers, publish
from overt.resolve import Naming
from overt.weigh import count, reported_counts, reweigh

PUBLIC_KEY = "PUBLIC-KEY"


def weighing(profile: Profile) -> Weighing:
    """The functions of weighing, with names folded by the profile."""
    naming = Naming(profile)
    return Weighing(weigh=lambda registry, own: reweigh(registry, own, naming), count=count, reported=reported_counts)


def publish_case(case: Case, registry: Registry, profile: Profile, handle: str, as_of: str | None = None) -> Release:
    """Make the next release of a case, signed by a handle; its entities' ids are owned by them from then on.

    Raises:
        CaseError: where the release cannot be written.
    """
    with ensure_writing(case):
        key = key_of(case.keys, handle)
        made = publish(
            case.releases,
            registry,
            profile,
            weighing(profile),
            lambda data: signature(data, key, "Overt MANIFEST"),
            judgements=read_judgements(case.decision_logs()),
            as_of=as_of,
            is_demonstration=case.settings.demonstration,
        )
        if made.number is not None and made.folder is not None:
            line = Judgement(
                verb=Verb.RELEASE,
                target=f"release {made.number}",
                why=f"release {made.number}",
                handle=handle,
                detail={"minisign": key.minisign_public},
                mints=tuple(sorted(e.id for e in registry.entities)),
            )
            write_judgement(case.decision_log(handle), line, key)
    return made


def draft_case(case: Case, registry: Registry, profile: Profile, out: Path, as_of: str | None = None) -> Release:
    """Write a local preview of a case: watermarked, unsigned, never under `releases/`."""
    return draft(
        case.root,
        out,
        registry,
        profile,
        weighing(profile),
        judgements=read_judgements(case.decision_logs()),
        as_of=as_of,
        is_demonstration=case.settings.demonstration,
    )


def check_releases(case: Case) -> list[manifest.Check]:
    """Check every release of a case: files against MANIFEST, MANIFEST against the key in the decision log."""
    keys: dict[int, str] = {}
    try:
        for line in read_judgements(case.decision_logs()):
            if line.verb is Verb.RELEASE and "minisign" in line.detail:
                keys[int(line.target.split()[-1])] = line.detail["minisign"]
    except CaseError:
        keys = {}  # a broken log is named by the check of the logs; here its keys are only missing
    out = []
    for number in numbers(case.releases):
        folder = case.releases / str(number)
        key = keys.get(number)
        verify = (lambda _data, _signature, k=key, f=folder: is_file_signed(f / manifest.NAME, k)) if key else None
        for check in manifest.check(folder, verify):
            out.append(manifest.Check(check.outcome, f"releases/{number}: {check.what}", check.reason))
    return out
