"""The table of the benchmark."""

import pathlib
import platform
import statistics

from bench.load import Target

BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
FLOOR, USUAL = "floor: one query, 20 rows", "the same, as usually written"


def markdown(
    targets: list[Target],
    counts: dict[str, tuple[int, int]],
    cold: dict[str, dict[str, object]],
    sql: dict[str, tuple[float, float]],
    *,
    stories: int,
) -> str:
    floor, usual = (next(target for target in targets if target.name == name) for name in (FLOOR, USUAL))
    lines = [
        f"{stories:,} stories, 1,000,000 observations; Python {platform.python_version()}, gunicorn 2 workers x 4 threads,",
        f"{len(floor.visits)} rounds in turn, medians. CPU is user + system time of the server's processes per request;",
        "the ratios are to the one-query floor of the same round, and to that floor as it is usually written.",
        "",
        "| page | CPU ms (min..max) | x floor | x usual | req/s | p50 ms | p99 ms | queries at 20 / 2,000 | SQL ms p50 / p95 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for target in targets:
        costs = [v.cpu_ms for v in target.visits]
        ratio, to_usual = (
            statistics.median(v.cpu_ms / f.cpu_ms for v, f in zip(target.visits, beside.visits, strict=True))
            for beside in (floor, usual)
        )
        of = counts.get(target.name)
        took = sql.get(target.name)
        failed = sum(v.failed for v in target.visits)
        lines.append(
            f"| {target.name}{f' ({failed} FAILED)' if failed else ''} "
            f"| {statistics.median(costs):.2f} ({min(costs):.2f}..{max(costs):.2f}) | {ratio:.2f} | {to_usual:.2f} "
            f"| {statistics.median(v.per_second for v in target.visits):.0f} "
            f"| {statistics.median(v.p50_ms for v in target.visits):.1f} "
            f"| {statistics.median(v.p99_ms for v in target.visits):.1f} "
            f"| {f'{of[0]} / {of[1]}' if of else '-'} | {f'{took[0]:.2f} / {took[1]:.2f}' if took else '-'} |"
        )
    lines += [
        "",
        "| cold load at 360 px | kB over the wire | requests | third parties | cookies |",
        "|---|---|---|---|---|",
    ]
    for name, row in cold.items():
        lines.append(
            f"| {name} | {int(str(row['bytes'])) / 1000:.1f} | {row['requests']} | {row['third']} | {row['cookies']} |"
        )
    if not cold:
        lines.append("| not measured: no Chromium on this machine | | | | |")
    return "\n".join(lines)


def write(path: pathlib.Path, text: str) -> None:
    """Put the table between the marks of the page, keeping the words around it."""
    page = path.read_text() if path.exists() else f"# Performance\n\n{BEGIN}\n{END}\n"
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
