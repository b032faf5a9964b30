"""Files of several machines where those of one are expected: a plan would mix them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from srat_tool.base.errors import SourceError
from srat_tool.observe.another_machine import difference
from srat_tool.observe.facts import BootLog
from srat_tool.sources.found import Evidence, Role

_HINT = "the files of one of them, or srattool fleet for all"


def check_hosts(evidence: Sequence[Evidence]) -> None:
    """Demand that host names in different folders are those of one machine.

    Raises:
        SourceError: when they are of several.
    """
    named: dict[str, Evidence] = {}
    for one in evidence:
        if one.role is Role.HOST_NAME and one.data.strip():
            named.setdefault(f"{one.path}!{one.machine}", one)
    roots = [one for one in named.values() if not _is_inside(one, named.values())]
    hosts = {_short_name(one): one for one in reversed(roots)}
    if len(hosts) > 1:
        (name, one), *others = reversed(hosts.items())
        more = ", ".join(f"{other} ({place.label})" for other, place in others[:3])
        raise SourceError(
            "files of several machines", where=one.label, got=f"{name}, {more}", hint=_HINT
        )


def _is_inside(one: Evidence, others: Iterable[Evidence]) -> bool:
    """Return whether a host is in the folders of another, as containers are."""
    outside = (other.machine for other in others if other.path == one.path and other is not one)
    return any(one.machine.startswith(f"{root}/" if root else "") for root in outside)


def _short_name(one: Evidence) -> str:
    return one.data.decode("utf-8", "replace").split()[0].partition(".")[0].lower()


def other_machines(
    chosen: tuple[BootLog, Evidence],
    logs: Sequence[tuple[BootLog, Evidence]],
    *,
    is_shown: bool,
) -> Iterator[str]:
    """Yield which logs are of another machine than the one that is used.

    Args:
        chosen: the log that is used, and where it is from.
        logs: all of them.
        is_shown: other files show which kernel the machine runs.

    Raises:
        SourceError: when nothing shows which of several machines is meant.
    """
    log, place = chosen
    for other, one in logs:
        found = difference(log, other)
        if found is None:
            continue
        # Images keep the logs of the machine that made them, in a folder of their own.
        is_near = one.machine == place.machine or _is_inside(one, [place])
        if not is_shown or one.path != place.path or not is_near:
            what = f"logs of several machines: {one.label}: {found}"
            raise SourceError(what, where=place.label, hint=_HINT)
        yield f"{one.label}: not used, {found}"
