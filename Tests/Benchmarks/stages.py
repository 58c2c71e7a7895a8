#!/usr/bin/env python3
"""Writes the cost of each stage of an import, in ns of CPU per line, into docs/performance.md.

`perf record` samples imports of the generated log, one gzipped and one plain. Each sample belongs to the innermost
function on its stack that is listed in STAGES, or to its library. The shares of the samples, multiplied by the
measured CPU, give ns per line. Samples without a stack, and kernel samples whose stack leads to no stage, are "the
rest".
"""
import argparse
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED, DAYS = 1, 7
MARKS = "<!-- stages: begin -->", "<!-- stages: end -->"

# Stage, description, limit in ns per line (None: part of another budget), prefixes of its functions.
STAGES = [
    ("read", "file to buffer, whole lines", 40, ["OpenFile", "ByteSource", "ChunkReader", "FileReading"]),
    ("inflate", ".gz only", 250, ["ISALStream", "ZlibStream", "isal_", "decode_huffman", "inflate"]),
    ("lines", "line ends", 30, ["LineScanner"]),
    ("ledger", "hash, lookup, blocks", 100,
     ["LineHasher", "ByteFolding", "SipHash", "Ledger", "Matching", "DatabaseLedger", "BlockID", "LineHashes",
      "BlockBoundaries", "LineComparison", "BlockFinder", "BlockLookup", "BlockLineCounts", "KnownBlocks"]),
    ("parse", "fields, escapes, format", 150,
     ["LineParser", "RequestLine", "LogTimestamp", "FormatDetector", "Unescaping", "FieldReader"]),
    ("classify", "page, asset, signal", 40, ["LineClassifier", "SignalReader", "EventRules"]),
    ("user agent", "compile rules, judge each distinct user agent", 100,
     ["AgentCache", "UserAgentParser", "CompiledRules", "RuleMatcher", "RulePrefilter", "DropBots", "PutClient",
      "UserAgentRules", "LazyRules", "RuleData", "pcre2"]),
    ("geo", "place of each new address", None, ["PutPlace", "MaxMind"]),
    ("visitor", "lookup of address and user agent, SHA-256 of new ones", 100,
     ["ClientCache", "PutVisitor", "SecretHash", "Pipeline.judge",
      "Pipeline.client", "Pipeline.identify", "Pipeline.note"]),
    ("page and source", "pathname, query, referrer", None,
     ["PutSource", "PutPage", "PageCache", "Pathname", "CampaignReader", "Acquisition", "RequestTarget", "Validation", "Validate"]),
    ("run", "sort, pack, texts", None, ["RunWriter", "RunCodec", "TextDictionary", "BatchIDs"]),
    ("SQLite", "rows of ledger, runs and books", None, ["sqlite3", "StatsStore.commit", "specialized StatsStore.write"]),
    ("rebuild", "days from runs", 120,
     ["DayRebuild", "DayRollup", "DayTexts", "DayIDs", "RunMerge", "RunPieceReader", "CountTable", "StatsStore.rebuild"]),
    ("counting", "work between the stages", None, ["ChunkCounter", "Pipeline", "CollectRequest"]),
    ("windows", "order, known or new, books", None,
     ["WindowCommit", "FileCommit", "ChunkSequencer", "ImportCommitter", "WindowCursor", "OutcomeTally"]),
]
REST = ("the rest", "kernel, threads, lost stacks", None)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=2_000_000, help="lines of the log (default 2,000,000)")
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/bench", help="where logs are kept")
    return parser.parse_args()


def patterns():
    """Returns one expression per stage, for a demangled name with or without prefixes from the compiler."""
    prefix = r"^(?:specialized |static |closure #\d+ .*?in |partial apply for |implicit )*"
    return [(stage[0], re.compile(prefix + "(?:" + "|".join(map(re.escape, stage[3])) + ")")) for stage in STAGES]


def recorded(options, log, folder):
    """Returns the stacks of one import, innermost function first, and its CPU in ns."""
    data, database = folder / "perf.data", folder / "stages.db"
    command = ["perf", "record", "--quiet", "--freq=1999", "-g", f"--output={data}", "--", options.footfall, "import", log,
               "--site", "example.com", "--db", database, "--final", "--quiet"]
    before = os.times()
    subprocess.run([str(part) for part in command], check=True)
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    script = subprocess.run(["perf", "script", "--fields=ip,sym,dso", f"--input={data}"], check=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    names = subprocess.run(["swift", "demangle", "--simplified"], input=script.stdout, check=True,
                           stdout=subprocess.PIPE).stdout.decode(errors="replace")
    for path in folder.glob("stages.db*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return [stack.strip().split("\n") for stack in names.split("\n\n") if stack.strip()], cpu * 1e9


def stage_of(stack, stages):
    """Returns the stage of a sample: by its library if that is enough, otherwise by its innermost known function."""
    leaf = stack[0]
    if "libsqlite3" in leaf:
        return "SQLite"
    if "libpcre2" in leaf or "[JIT]" in leaf or "(/memfd" in leaf:
        return "user agent"
    if "libisal" in leaf or "libz." in leaf:
        return "inflate"
    for frame in stack:
        name = frame.strip().partition(" ")[2]
        for stage, pattern in stages:
            if pattern.match(name):
                return stage
    return REST[0]


def costs(options, log, folder):
    stacks, cpu = recorded(options, log, folder)
    stages = patterns()
    counts = collections.Counter(stage_of(stack, stages) for stack in stacks)
    return {stage: count / len(stacks) * cpu / options.lines for stage, count in counts.items()}


def table(options, gz, plain):
    rows = ["| stage | what | .gz | plain | limit |", "|---|---|---|---|---|"]
    for stage in STAGES + [REST]:
        limit = stage[2] if stage[2] is not None else ""
        rows.append(f"| {stage[0]} | {stage[1]} | {gz.get(stage[0], 0):.0f} | {plain.get(stage[0], 0):.0f} | {limit} |")
    rows.append(f"| all | | {sum(gz.values()):.0f} | {sum(plain.values()):.0f} | 700 (plain) |")
    return "\n".join(rows) + f"\n\nOf {options.lines:,} lines; see above for the log.\n"


def write(text):
    page = ROOT / "docs/performance.md"
    before, _, rest = page.read_text().partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    page.write_text(f"{before}{MARKS[0]}\n{text}{MARKS[1]}{after}")


def main():
    options = arguments()
    if shutil.which("perf") is None:
        sys.exit("stages: perf is not installed (Debian: linux-perf)")
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        folder = pathlib.Path(folder)
        log = folder / "access.log"
        subprocess.run([sys.executable, "-B", HERE / "generate_log.py", str(options.lines), str(SEED), str(DAYS), log],
                       check=True)
        subprocess.run(["gzip", "-6", "--keep", log], check=True)
        text = table(options, costs(options, folder / "access.log.gz", folder), costs(options, log, folder))
    print(text)
    write(text)


if __name__ == "__main__":
    main()
