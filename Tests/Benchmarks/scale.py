#!/usr/bin/env python3
"""Imports a very long log that is generated and gzipped on the fly, and checks that speed and memory stay constant.

One block of lines is generated. It is sent through a pipe into one import again and again, each time with another
date, so every line is new. The CPU of the import is read from /proc after each tenth. The exit status is 1 if the
last tenth takes over a ninth more CPU than the second (the first also reads ahead), or if the import has used more
than 300 MB.
"""
import argparse
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED, BLOCK, TENTHS = 1, 250_000, 10
MARK = b"01/Sep/2026:"
MOST_MEMORY, LEAST_SPEED = 300e6, 0.9


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=100_000_000, help="lines of the log (default 100,000,000)")
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/bench", help="where the database is kept")
    return parser.parse_args()


def block(folder):
    """Returns the lines of one day."""
    path = folder / "block.log"
    subprocess.run([sys.executable, "-B", HERE / "generate_log.py", str(BLOCK), str(SEED), "1", path], check=True)
    lines = path.read_bytes()
    path.unlink()
    return lines


def packed_blocks(lines, count):
    """Yields the block with one date after another, each as a gzip member."""
    day = datetime.date(2016, 1, 1)
    for _ in range(count):
        packer = zlib.compressobj(level=1, wbits=31)
        yield packer.compress(lines.replace(MARK, day.strftime("%d/%b/%Y:").encode())) + packer.flush()
        day += datetime.timedelta(days=1)


def cpu(process):
    """Returns the user and system seconds of a running process, all threads together."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak(process):
    """Returns the peak memory of a running process in bytes."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def run(options, folder):
    """Returns the CPU seconds of each tenth, before days are counted, and the peak memory."""
    blocks = max(TENTHS, options.lines // BLOCK)
    command = [options.footfall, "import", "-", "--site", "example.com", "--db", folder / "scale.db", "--quiet"]
    process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE)
    marks, memory = [0.0], 0
    for number, packed in enumerate(packed_blocks(block(folder), blocks), start=1):
        process.stdin.write(packed)
        process.stdin.flush()
        if number % (blocks // TENTHS) == 0:
            marks.append(cpu(process))
            memory = max(memory, peak(process))
            print(f"{number * BLOCK:>13,} lines {marks[-1]:>9.1f} s of CPU {memory / 1e6:>5.0f} MB", flush=True)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"scale: the import ended with {process.returncode}")
    return [after - before for before, after in zip(marks, marks[1:])], usage.ru_maxrss * 1024


def main():
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(dir=options.folder))
    try:
        costs, memory = run(options, folder)
        size = sum(path.stat().st_size for path in folder.glob("scale.db*") if path.is_file())
    finally:
        shutil.rmtree(folder)
    # Reading ahead distorts the first tenth more than the second.
    speed = costs[1] / costs[TENTHS - 1]
    print(f"speed of the last tenth against the second {speed:.2f}, peak {memory / 1e6:.0f} MB, database {size / 1e6:.0f} MB")
    return 0 if speed >= LEAST_SPEED and memory <= MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
