"""Publishing a case: the build, the functions of weighing and the handle's key brought together."""

from pathlib import Path

from overt.case import Case, ensure_writing
from overt.ledger import key_of, read_judgements, signature, stamp, utc_now, write_judgement
from overt.ledger.keys import Key, is_file_signed
from overt.model import CaseError, Count, InputError, Judgement, Question, Registry, Statement, Verb
from overt.profile import Profile
from overt.protect.pictures import load
from overt.publish import manifest, offered
from overt.publish.book import Weighing
from overt.publish.check import Outlook, outlook
from overt.publish.notices import WITHDRAWN, Notice, detail, notices
from overt.publish.release import Release, draft, numbers, publish
from overt.resolve import Naming
from overt.weigh import Counting, reported_counts, reweigh

PUBLIC_KEY = "PUBLIC-KEY"
PICTURE = "picture"
KEPT = "published"  # beside the keys: it stays in this copy of the case


def weighing(profile: Profile) -> Weighing:
    """The functions of weighing, with names folded by the profile."""
    naming = Naming(profile)
    last: list[tuple[Registry, Profile, Counting]] = []

    def count(registry: Registry, own: Profile, question: Question) -> Count:
        if not last or last[0][0] is not registry or last[0][1] is not own:
            last[:] = [(registry, own, Counting(registry, own))]  # a release asks one registry many questions
        return last[0][2].count(question)

    return Weighing(weigh=lambda registry, own: reweigh(registry, own, naming), count=count, reported=reported_counts)


def publish_case(case: Case, registry: Registry, profile: Profile, handle: str, as_of: str | None = None) -> Release:
    """Make the next release of a case, signed by a handle; its entities' ids are owned by them from then on.

    Raises:
        CaseError: where the release cannot be written.
    """
    with ensure_writing(case):
        key = key_of(case.keys, handle)
        lines = read_judgements(case.decision_logs())
        _put_up(case, lines, key)  # what a killed run left undone, or another copy of the case decided
        made = publish(
            case.releases,
            registry,
            profile,
            weighing(profile),
            lambda data: signature(data, key, "Overt MANIFEST"),
            judgements=lines,
            as_of=as_of,
            is_demonstration=case.settings.demonstration,
            kept=case.local / KEPT,
            pictures=load(case.pictures),
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


def check_case(case: Case, registry: Registry, profile: Profile, as_of: str | None = None) -> Outlook:
    """Return what the next release of a case would bring into public for the first time. Nothing is written."""
    lines = read_judgements(case.decision_logs())
    return outlook(case.releases, registry, profile, lines, pictures=load(case.pictures), as_of=as_of)


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
        pictures=load(case.pictures),
    )


def give_notice(
    case: Case, registry: Registry, sort: str, kind: str, target: str, why: str, reason: str, handle: str
) -> tuple[Notice, dict[int, list[str]]]:
    """Withdraw or dispute something: write the judgements, and put the notice into every release at once.

    Args:
        case: is locked meanwhile.
        registry: the build that the person looked at.
        sort: `withdrawn` or `disputed`.
        kind, target: `statement`, `entity` or (to withdraw it) `picture`, and its whole id.
        why: for the case alone; it is never published.
        reason: the kind of reason, which is.
        handle: whose key signs.

    Returns:
        the notice, and the files that were changed, by release.

    Raises:
        InputError: where there is nothing to withdraw.
        CaseError: where the log or a release cannot be written.
    """
    about = [s for s in registry.statements if not s.implied and target in (s.id, s.subject.entity)]
    is_picture = kind == PICTURE and sort == WITHDRAWN
    if not is_picture and (kind not in ("statement", "entity") or not about):
        raise InputError(
            f"{target[:12]}: this id is a {kind} about which nothing is said: give a statement or an entity"
        )
    if not why.strip():
        raise InputError('say why (--why "..."): it stays in the case; the notice shows the kind of reason alone')
    with ensure_writing(case):
        key = key_of(case.keys, handle)
        lines = read_judgements(case.decision_logs())
        standing = next((n for n in notices(lines) if n.sort == sort and target in (*n.statements, *n.things)), None)
        if standing is None:
            number = max((n.number for n in notices(lines)), default=0) + 1
            told = detail(number, stamp(utc_now())[:10], sort, reason, target if kind == "entity" else None)
            told |= {"minisign": key.minisign_public}
            if is_picture:
                new = [Judgement(verb=Verb.WITHHOLD, target=target, why=why.strip(), handle=handle, detail=told)]
            else:
                made = about if sort == WITHDRAWN else about[:1]
                new = [_noticed(s, sort, kind, target, why, told, handle) for s in made]
            lines += [write_judgement(case.decision_log(handle), line, key) for line in new]
            standing = next(n for n in notices(lines) if n.number == number and n.sort == sort)
        return standing, _put_up(case, lines, key)


def _noticed(
    statement: Statement, sort: str, kind: str, target: str, why: str, told: dict[str, str], handle: str
) -> Judgement:
    verb = Verb.WITHHOLD if sort == WITHDRAWN else Verb.DISPUTE
    about = statement.id if kind == "statement" or sort == WITHDRAWN else target
    entity = statement.subject.entity
    return Judgement(
        verb=verb,
        target=about,
        why=why.strip(),
        handle=handle,
        saw=statement,
        content=statement.content,
        detail=told,
        mints=(entity,) if entity else (),
    )


def _put_up(case: Case, lines: list[Judgement], key: Key) -> dict[int, list[str]]:
    return offered.put_up(case.releases, notices(lines), lambda data: signature(data, key, "Overt WITHDRAWN"))


def check_releases(case: Case) -> list[manifest.Check]:
    """Check every release of a case: files against MANIFEST, MANIFEST against the key in the decision log."""
    keys: dict[int, str] = {}
    signers: set[str] = set()
    try:
        for line in read_judgements(case.decision_logs()):
            if "minisign" in line.detail:
                signers.add(line.detail["minisign"])
            if line.verb is Verb.RELEASE and "minisign" in line.detail:
                keys[int(line.target.split()[-1])] = line.detail["minisign"]
    except CaseError:
        keys = {}  # a broken log is named by the check of the logs; here its keys are only missing
    out = []
    for number in numbers(case.releases):
        folder = case.releases / str(number)
        key = keys.get(number)
        verify = (lambda _data, _signature, k=key, f=folder: is_file_signed(f / manifest.NAME, k)) if key else None
        found, withdrawn = _withdrawn(folder, signers)
        for check in [*manifest.check(folder, verify, withdrawn), *found]:
            out.append(manifest.Check(check.outcome, f"releases/{number}: {check.what}", check.reason))
    return out


def _withdrawn(folder: Path, signers: set[str]) -> tuple[list[manifest.Check], offered.Listed]:
    """Return what is to be said of a release's WITHDRAWN, and what it lists where a handle of the case signed it."""
    path = folder / manifest.WITHDRAWN
    if not path.exists():
        return [], {}
    try:
        if not any(is_file_signed(path, key) for key in sorted(signers)):
            broken = "is not signed by a handle of this case"
            return [manifest.Check(manifest.Outcome.BROKEN, manifest.WITHDRAWN, broken)], {}
        listed = offered.parse(path.read_bytes())
    except (CaseError, InputError, OSError) as error:
        return [manifest.Check(manifest.Outcome.BROKEN, manifest.WITHDRAWN, str(error))], {}
    return [manifest.Check(manifest.Outcome.INTACT, manifest.WITHDRAWN, f"signed; {len(listed)} files")], listed
