"""Runs the commands that README.md and docs/*.md show, as they are shown.

    documented_commands.py --footfall BINARY --data RULES [--only DOCUMENT] [--verbose]

Each document has a folder with logs and other files that its commands name. Its commands run there in their order, so a
command finds what earlier ones have left. Absolute paths lead into the folder. Between two commands all logs grow.

A command passes if it and each call of footfall in it end with 0, or with the code that the document (`# exit 2`) or
OTHER_CODES tells. Commands that run until they are stopped are stopped by SIGTERM once they have begun to work.

The nightly examples are run as documents, too: the crontab of docs/examples/nightly, and the units of the packages, which
systemd-analyze must also find valid. Its logrotate example rotates a log of the folder.

The tables below name what does not run, and why. An entry that fits no command is a problem, and so is a block or a
program that is not known. Prints each problem, and `N commands ran, M are exempt`. The exit code is 1 if there is a
problem.
"""
import argparse
import concurrent.futures
import gzip
import itertools
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from driver import Wrong, check

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "fixtures/sample"
NIGHTLY = "docs/examples/nightly"
UNITS = "Sources/packaging/debian"
SECONDS = 60


class Table:
    """Entries for commands: a document, how the command begins, a value if there is one, and the reason."""

    def __init__(self, name, *entries):
        self.name = name
        self.entries = entries
        self.used = set()

    def find(self, command):
        """Returns the value for a command, or None."""
        found = None
        for entry in self.entries:
            document, start, value = entry[:3]
            if document in (command.document, ANY) and command.text.startswith(start):
                self.used.add(entry)
                found = value
        return found

    def unused(self):
        return [f"{self.name}: no command of {entry[0]} begins with: {entry[1]}" for entry in self.entries
                if entry not in self.used]


ANY = "any document"

# What does not run.
EXEMPT = Table(
    "EXEMPT",
    (ANY, "make ", "builds, tests or measures the checkout itself; CI runs the targets"),
    (ANY, "sudo ", "changes the machine; Tests/Scenarios/packages.py installs the package and the tarball"),
    ("docs/install.md", "cd /opt", "the folder of the tarball"),
    ("docs/install.md", "podman ", "needs a container engine; Tests/Scenarios/packages.py does the steps of the Containerfile"),
    (ANY, "swift ", "builds or tests the checkout, as what runs this script does"),
    ("README.md", "footfall config init", "ConfigInitTests runs it with real servers"),
    ("docs/getting-started.md", "footfall config init", "ConfigInitTests runs it with real servers"),
    ("docs/api.md", "footfall collect requests.ndjson", "CollectDocumentTests runs it and compares what it prints"),
    ("docs/api.md", "cat wrong.txt", "CollectDocumentTests runs it and compares what it prints"),
    ("docs/contributing.md", "RECORD_FIXTURES=1 ", "writes fixtures"),
    ("docs/exports.md", "while read", "sends to a server of Matomo"),
    ("docs/moving.md", "curl -o matomo.csv", "asks a server of Matomo"),
    ("docs/contributing.md", "git diff", "shows changes of the checkout"),
    ("docs/contributing.md", "for logs in", "a part of make formats, which CI runs, and a format that does not exist"),
)

# Commands that are to end with another code than 0.
OTHER_CODES = Table(
    "OTHER_CODES",
    ("docs/cli.md", "footfall coverage --db", 2, "the logs here end before yesterday, and this is what the line is to find"),
    ("docs/cli.md", "footfall doctor --quiet", 2, "the logs here are old, so their days are overdue"),
)

# Languages of blocks that hold no commands.
OTHER_LANGUAGES = {
    "json": "bodies of requests: CollectDocumentTests",
    "python": "reading the database: Tests/Readers/readers.py",
    "sql": "questions with answers: SQLTests",
    "swift": "code to be written in the manner of other code",
    "toml": "a configuration: ConfigKeyTests",
}

# Programs that may run here. Anything else has to be exempt.
PROGRAMS = {
    "bash", "cd", "curl", "diff", "echo", "export", "footfall", "grep", "ls", "printf", "sort", "sqlite3", "umask"}


# Blocks and commands

class Command:
    """A command as a document shows it."""

    def __init__(self, document, line, text):
        self.document = document
        self.line = line
        self.text = re.sub(r"\\\n\s*", "", text).replace("/usr/local/bin/footfall", "footfall").replace("/usr/bin/footfall", "footfall")
        told = re.search(r"# exit (\d+)$", self.text)
        self.code = int(told[1]) if told else 0

    def programs(self):
        """Returns the names of the programs that it starts, apart from those within quotes."""
        found = []
        lexer = shlex.shlex(self.text, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        begins = True
        for word in lexer:
            if set(word) <= set("();<>|&"):
                begins = not set(word) & set("<>")
            elif begins and not re.match(r"\w+=", word):
                found.append(os.path.basename(word))
                begins = False
        return found

    @property
    def stays(self):
        """Whether it runs until it is stopped."""
        return bool(re.match(r"(\S+/)?footfall (serve\b|.* --(follow|watch)\b)", self.text))

    def __str__(self):
        return f"{self.document}:{self.line}: {self.text.splitlines()[0]}"


def blocks(document):
    """Yields the blocks of a document: the number of the first line, the language, the lines."""
    fence = None
    for number, line in enumerate((ROOT / document).read_text().splitlines(), 1):
        mark = re.match(r"( *)(`{3,}|~{3,})\s*(\S*)", line)
        if fence is None and mark:
            fence, language, lines, start = mark[2], mark[3], [], number + 1
            indent = len(mark[1])
        elif fence is not None and line.strip() == fence:
            yield start, language, lines
            fence = None
        elif fence is not None:
            lines.append(line[indent:])
    check(fence is None, f"{document}: the last block has no end")


def is_whole(text):
    """Whether a command ends with this text."""
    checked = subprocess.run(["bash", "-n", "-c", text], stderr=subprocess.PIPE, text=True)
    return not (text.endswith("\\") or re.search("unexpected (EOF|end of file)|delimited by end-of-file", checked.stderr))


def shell_commands(document, start, lines):
    """Yields the commands of a block. If there are prompts, everything else is output."""
    has_prompts = any(line.startswith("$ ") for line in lines)
    text = ""
    for number, line in enumerate(lines, start):
        if not text:
            if not line.strip() or line.lstrip().startswith("#") or has_prompts and not line.startswith("$ "):
                continue
            first = number
            line = line.removeprefix("$ ")
        text += line
        if is_whole(text):
            yield Command(document, first, text)
            text = ""
        else:
            text += "\n"
    check(not text, f"{document}:{start}: the block ends within a command")


CRON_LINE = re.compile(r"(?:[\d*/,-]+\s+){5}\w+\s+(.*)")


def cron_commands(document, start, lines):
    """Returns the commands of a crontab. cron takes an unescaped % as the end of the command."""
    found = [CRON_LINE.fullmatch(line) for line in lines]
    check(all(found), f"{document}:{start}: a crontab with other lines")
    return [Command(document, start, line[1].replace(r"\%", "%")) for line in found]


def unit_commands(document, start, lines):
    """Returns the commands of a systemd unit, the condition before what it is for."""
    found = [line.partition("=")[2] for line in lines if re.match("Exec(Condition|Start)=", line)]
    check(found, f"{document}:{start}: no ExecStart")
    return [Command(document, start, text) for text in found]


def example_commands(document):
    """Returns the commands of a file that an administrator copies."""
    lines = (ROOT / document).read_text().splitlines()
    if document.endswith(".cron"):
        return cron_commands(document, 1, [line for line in lines if line and not line.startswith("#")])
    return unit_commands(document, 1, lines)


def commands(document, languages):
    """Returns the commands of a document."""
    if not document.endswith(".md"):
        return example_commands(document)
    found = []
    for start, language, lines in blocks(document):
        languages.add(language)
        first = next(filter(None, lines), "")
        if language in ("sh", "console"):
            found += shell_commands(document, start, lines)
        elif language:
            check(language in OTHER_LANGUAGES, f"{document}:{start}: a block of an unknown language: {language}")
        elif any(map(CRON_LINE.fullmatch, lines)):
            found += cron_commands(document, start, lines)
        elif re.match(r"(\$ )?footfall \w", first):
            found += shell_commands(document, start, lines)
        else:
            hidden = [line for line in lines if re.search(r"(^\s*|\$ |\| )footfall \w", line)]
            check(not hidden, f"{document}:{start}: commands in a block that is not marked as sh: {hidden}")
    return found


# The folder of a document

def in_common_format(lines):
    """Returns lines without the host in front."""
    return [line.split(" ", 1)[1] for line in lines]


class Samples:
    """The bundled sample, by site, and another server's database. Documents share them."""

    def __init__(self, asked, folder):
        lines = gzip.open(SAMPLE / "other_vhosts_access.log.2.gz", "rt").readlines()
        lines += (SAMPLE / "other_vhosts_access.log.1").read_text().splitlines(keepends=True)
        last = (SAMPLE / "access.log").read_text().splitlines(keepends=True)
        self.example = in_common_format(line for line in lines if line.startswith("example.com:")) + last
        self.shop = in_common_format(line for line in lines if line.startswith("shop.example:"))
        self.hosts = ["example.com:443 " + line for line in last]
        self.www2 = folder / "www2.db"
        (folder / "october.log").write_text("".join(self.example[:400]).replace("/Nov/", "/Oct/"))
        subprocess.run(
            [asked.footfall, "import", folder / "october.log", "--site", "example.com", "--timezone", "Europe/Berlin",
             "--db", self.www2, "--seal", "--quiet"], check=True, env=os.environ | {"FOOTFALL_DATA": asked.data},
            stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class GrowingLog:
    """A log that grows, with two rotated ones beside it."""

    def __init__(self, path, lines, parts, step):
        self.path = path
        self.step = step
        path.parent.mkdir(parents=True, exist_ok=True)
        if parts:
            oldest, older = lines[:parts], lines[parts:2 * parts]
            path.with_name(path.name + ".2.gz").write_bytes(gzip.compress("".join(oldest).encode()))
            path.with_name(path.name + ".1").write_text("".join(older))
        self.rest = iter(lines[2 * parts:])

    def grow(self, count=None):
        lines = list(itertools.islice(self.rest, count or self.step))
        check(lines, f"{self.path.name} has no more lines; let it grow by less")
        with open(self.path, "a") as log:
            log.writelines(lines)


class Sandbox:
    """A folder in which the commands of a document run."""

    def __init__(self, asked, samples, folder):
        self.samples = samples
        self.verbose = asked.verbose
        self.folder = folder / "files"
        self.calls = folder / "calls"
        self.state = folder / "state"
        self.state.touch()
        self.processes = []
        self.server = None
        self.port = None
        # The last tracking id that a command has printed.
        self.tracking_id = None
        # The contents of files that were replaced for one command.
        self.replaced = {}
        self.environment = {
            "FOOTFALL_DATA": asked.data, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "TZ": "UTC",
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}
        wrapper = folder / "bin/footfall"
        wrapper.parent.mkdir()
        # Notes the code of each call, which a pipe or `||` would hide.
        wrapper.write_text(
            f'#!/bin/bash\n[[ $STAYS ]] && exec "{asked.footfall}" "$@"\n"{asked.footfall}" "$@"\ncode=$?\n'
            f'echo "$code" >> "{self.calls}"\nexit $code\n')
        wrapper.chmod(0o755)
        # curl ends with 22 if a server refuses what it sends.
        (folder / ".curlrc").write_text("fail\nsilent\nshow-error\n")
        self.fill()

    def path(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def fill(self):
        """Writes the files that documents name."""
        samples = self.samples
        self.logs = [
            GrowingLog(self.path("access.log"), samples.example, 900, 20),
            GrowingLog(self.path("var/log/nginx/access.log"), samples.shop, 700, 20),
            GrowingLog(self.path("var/log/apache2/other_vhosts_access.log"), samples.hosts, 0, 10),
            GrowingLog(self.path("other_vhosts_access.log"), samples.hosts, 0, 10),
        ]
        # docs/getting-started.md explains line 1204.
        self.logs[0].grow(1_204)
        self.logs[1].grow(400)
        for rotated in SAMPLE.glob("other_vhosts_access.log.*"):
            shutil.copy(rotated, self.path("var/log/apache2") / rotated.name)
        for server in ("nginx", "apache2"):
            self.path(f"var/log/{server}/error.log").write_text(
                '2026/11/10 10:00:00 [error] 1#1: *1 open() "/srv/www/a" failed (2: No such file or directory)\n')
        self.path("var/lib/awstats").mkdir(parents=True)
        for past in (ROOT / "fixtures/past").glob("awstats*.txt"):
            shutil.copy(past, self.path("var/lib/awstats") / past.name)
        shutil.copy(ROOT / "fixtures/past/matomo.csv", self.path("matomo.csv"))
        self.path("matomo.token").write_text("0123456789abcdef0123456789abcdef\n")
        for day in (1, 2):
            lines = "".join(samples.example[300 * day:300 * day + 300])
            self.path(f"logs/access-{day}.log.gz").write_bytes(gzip.compress(lines.encode()))
        for kind in ("City", "ASN"):
            for place in ("", "var/lib/GeoIP/"):
                shutil.copy(ROOT / f"fixtures/geo/{kind.lower()}-test.mmdb", self.path(f"{place}GeoLite2-{kind}.mmdb"))
        self.path("etc/nginx/nginx.conf").write_text(
            "http {\n  log_format main '$remote_addr - $remote_user [$time_local] \"$request\" $status '\n"
            "    '$body_bytes_sent \"$http_referer\" \"$http_user_agent\"';\n"
            "  access_log /var/log/nginx/access.log main;\n}\n")
        self.path("etc/footfall/footfall.toml").write_text(
            f'db = "{self.folder}/var/lib/footfall/footfall.db"\n[import]\nsite = "shop.example"\n'
            f'logs = ["{self.folder}/var/log/nginx/access.log*"]\n')
        # The folder is also a checkout with a debug build.
        self.path("fixtures").symlink_to(ROOT / "fixtures")
        self.path(".build/debug/footfall").symlink_to(self.folder.parent / "bin/footfall")
        self.path(".build/share/footfall").symlink_to(self.environment["FOOTFALL_DATA"])
        self.path("var/lib/footfall").mkdir(parents=True)
        shutil.copy(samples.www2, self.path("mnt/www2/footfall.db"))

    def adapted(self, text):
        """Returns a command with paths that lead into the folder, the server's address, and a known tracking id."""
        text = re.sub(r"(?<![\w.:/])/(?=(etc|logs|mnt|var)/)", f"{self.folder}/", text)
        server = r"http://127\.0\.0\.1:8080|https://stats\.example"
        check(self.server or not re.search(server, text), "no server runs here")
        text = re.sub(server, f"http://127.0.0.1:{self.port}", text)
        if self.tracking_id:
            text = re.sub(r"\bgx_[0-9A-Z]{12}\b", self.tracking_id, text)
        return text

    def start(self, script, *arguments, out, err, **more):
        process = subprocess.Popen(
            ["bash", "-c", f'set -ao pipefail; source "$1"; {script}', "bash", self.state, *arguments], cwd=self.folder,
            env=self.environment | more, stdin=subprocess.DEVNULL, stdout=out, stderr=err, text=True,
            start_new_session=True)
        self.processes.append(process)
        return process

    def run(self, text, code=0):
        """Runs a command to its end."""
        self.calls.write_text("")
        process = self.start('eval "$2"; code=$?; export -p > "$1"; exit $code', text, out=subprocess.PIPE,
                             err=subprocess.PIPE)
        try:
            output, errors = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise Wrong(f"did not end within {SECONDS} s") from None
        if self.verbose:
            print(f"{output}{errors}", end="")
        codes = [*map(int, self.calls.read_text().split()), process.returncode]
        check(set(codes) <= {0, code}, f"ended with {max(codes)}: {errors.strip()}")
        check(code in codes, f"ended with 0 instead of {code}")
        for found in re.findall(r"\bgx_[0-9A-Z]{12}\b", output)[-1:]:
            self.tracking_id = found

    def run_until_it_works(self, text):
        """Starts a command that stays. A server remains; everything else is stopped."""
        is_server = text.startswith("footfall serve")
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = self.start(f"exec {text}{' --port 0' if is_server else ''}", out=out, err=err, STAYS="1")
            end = time.monotonic() + SECONDS
            works = False
            while not works and process.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
                errors = os.pread(err.fileno(), 100_000, 0).decode()
                ready = re.search(r"serving at http://127\.0\.0\.1:(\d+)", errors)
                works = bool(ready) if is_server else os.fstat(out.fileno()).st_size > 0
            if not works:
                process.kill()
                raise Wrong(f"does not begin to work, and ended with {process.wait()}: {errors.strip()}")
        if is_server:
            self.server, self.port = process, ready[1]
        else:
            stop(process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Kills what a failed check has left running."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def stop_server(self):
        if self.server:
            server, self.server = self.server, None
            stop(server)


def stop(process):
    process.terminate()
    try:
        code = process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise Wrong(f"did not end within {SECONDS} s after SIGTERM") from None
    check(code == 0, f"ended with {code} after SIGTERM")


# What a command finds that no earlier command has made

def imported(sandbox):
    sandbox.run("footfall import access.log* --site example.com --timezone Europe/Berlin --geo GeoLite2-City.mmdb")


def imported_at_night(sandbox):
    sandbox.run(sandbox.adapted("footfall import access.log --site example.com --db /var/lib/footfall/stats.db"))


def without_database(sandbox):
    for path in sandbox.folder.glob("footfall.db*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def naming_hosts(sandbox):
    """Logs of nginx that name hosts, and one that names none but belongs to a site by its name."""
    folder = sandbox.path("var/log/nginx")
    log = folder / "access.log"
    sandbox.replaced[log] = log.read_bytes()
    log.write_text("".join(sandbox.samples.hosts))
    (folder / "shop.access.log").write_text("".join(sandbox.samples.shop[:100]))


def in_own_format(sandbox):
    """The log that has the format of the command, in place of the other one."""
    log = sandbox.path("access.log")
    lines = [re.sub(r'(\S+) \S+ \S+ (\[.*?\] ".*?" \d+) .*', r"\1 \2", line) for line in sandbox.samples.example[:400]]
    sandbox.replaced[log] = log.read_bytes()
    log.write_text("".join(lines))


def requests(sandbox):
    body = '{"tracking_id":"%s","url":"https://example.com%s","pathname":"%s","ip":"192.0.2.10","timestamp":1762000000}\n'
    sandbox.path("requests.ndjson").write_text(
        "".join(body % (sandbox.tracking_id, path, path) for path in ("/", "/pricing", "/docs/")))


def token(sandbox):
    sandbox.run("footfall tokens create --ability collect:write > collect.token")


BEFORE = Table(
    "BEFORE",
    ("README.md", "footfall import access.log access.log.1", without_database, "the section shows a first import once more"),
    ("docs/cli.md", "footfall coverage --db", imported_at_night, "the crontab of README.md imports into this database"),
    ("docs/exports.md", "footfall convert", imported, "the site is known"),
    ("docs/cli.md", "footfall sites add example.com", without_database, "the section begins with new sites"),
    ("docs/cli.md", "footfall import '/var/log/nginx/*access.log'", naming_hosts, "several sites in one pass"),
    ("docs/getting-started.md", "footfall import access.log --site example.com --format", in_own_format,
     "a log in this format"),
    ("docs/getting-started.md", "footfall collect requests.ndjson", requests, "without those that were imported before"),
    ("docs/getting-started.md", "footfall send", token, "the server's operator has sent it"),
    ("docs/report-formats.md", "footfall report", imported, "there is something to report"),
    ("docs/sql.md", "sqlite3", imported, "there is something to ask for"),
)


# The nightly examples

def valid_units(asked):
    """Returns what systemd finds wrong with the units of the packages."""
    if not shutil.which("systemd-analyze"):
        print("skipped: units are checked by systemd-analyze")
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = [file for kind in ("service", "timer") for file in sorted((ROOT / UNITS).glob(f"*.{kind}"))]
        for file in files:
            (folder / file.name).write_text(file.read_text().replace("=footfall ", f"={asked.footfall} "))
        verify = ["systemd-analyze", "verify", "--man=no", *(folder / file.name for file in files)]
        done = subprocess.run(verify, capture_output=True, text=True)
        said = [line for line in done.stderr.splitlines() if "footfall" in line]
    return [f"{UNITS}: {line}" for line in said]


def rotate(asked, samples, folder):
    """Rotates a log by the example for logrotate, whose import must count all lines; returns what is wrong."""
    example = ROOT / NIGHTLY / "nginx.logrotate"
    if not shutil.which("logrotate") or os.geteuid() != 0:
        print("skipped: the example for logrotate needs logrotate and root")
        return []
    folder.mkdir(parents=True)
    with Sandbox(asked, samples, folder) as sandbox:
        start = [command.text for command in example_commands(f"{UNITS}/footfall-import.service")][-1]
        # There is no nginx here to be told, and no systemd to start the unit: its command is run instead.
        for name, script in (("invoke-rc.d", ":"),
                             ("systemctl", f'[[ "$*" == "start --no-block footfall-import.service" ]] && {sandbox.adapted(start)}')):
            (folder / "bin" / name).write_text(f"#!/bin/bash\n{script}\n")
            (folder / "bin" / name).chmod(0o755)
        rules = sandbox.path("logrotate.conf")
        rules.write_text(sandbox.adapted(example.read_text()))
        log = sandbox.path("var/log/nginx/access.log")
        lines = log.read_text()
        try:
            sandbox.run(f"{shutil.which('logrotate', path='/usr/sbin:/usr/bin')} --force --state '{folder}/state.logrotate' '{rules}'")
            check(log.with_name("access.log.1").read_text() == lines and log.read_text() == "", "the log was not rotated")
            sandbox.run("footfall dump --db var/lib/footfall/footfall.db > rotated.txt && "
                        "footfall import var/log/nginx/access.log* --site shop.example --db expected.db --quiet && "
                        "footfall dump --db expected.db > expected.txt && diff rotated.txt expected.txt")
        except Wrong as wrong:
            return [f"{NIGHTLY}/{example.name}: {wrong}"]
    return []


# All documents

def run_command(sandbox, command):
    """Runs a command in its turn and returns what is wrong, or None."""
    sandbox.replaced = {}
    try:
        for log in sandbox.logs:
            log.grow()
        if prepare := BEFORE.find(command):
            prepare(sandbox)
        if not re.match(r"curl |footfall send ", command.text):
            sandbox.stop_server()
        text = sandbox.adapted(command.text)
        if command.stays:
            sandbox.run_until_it_works(text)
        else:
            sandbox.run(text, OTHER_CODES.find(command) or command.code)
    except Wrong as wrong:
        return f"{command}: {wrong}"
    finally:
        for path, data in sandbox.replaced.items():
            path.write_bytes(data)
    return None


def run_document(asked, samples, folder, found):
    """Runs the commands of a document and returns the problems."""
    folder.mkdir(parents=True)
    problems = []
    with Sandbox(asked, samples, folder) as sandbox:
        for command in found:
            start = time.monotonic()
            if unknown := set(command.programs()) - PROGRAMS:
                problems.append(f"{command}: neither exempt nor known here: {', '.join(sorted(unknown))}")
            else:
                problems.append(run_command(sandbox, command))
            if asked.verbose:
                print(f"{time.monotonic() - start:6.1f} s  {command}", flush=True)
        try:
            sandbox.stop_server()
        except Wrong as wrong:
            problems.append(f"{found[0].document}: the server {wrong}")
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", help="only this document, as in docs/cli.md")
    parser.add_argument("--verbose", action="store_true", help="print what the commands print, and their times")
    asked = parser.parse_args()
    documents = ["README.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")),
                 f"{NIGHTLY}/footfall.cron", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / UNITS).glob("*.service"))]
    if asked.only not in (None, *documents):
        parser.error(f"no document {asked.only}")
    asked.footfall, asked.data = os.path.abspath(asked.footfall), os.path.abspath(asked.data)
    problems, languages, shown, exempt = [], set(), {}, 0
    for document in documents:
        try:
            found = commands(document, languages)
        except Wrong as wrong:
            problems.append(str(wrong))
            continue
        shown[document] = [command for command in found if not EXEMPT.find(command)]
        exempt += len(found) - len(shown[document])
    with tempfile.TemporaryDirectory(prefix="footfall-documents-") as name:
        folder = pathlib.Path(name)
        samples = Samples(asked, folder)
        running = {document: found for document, found in shown.items() if found and asked.only in (None, document)}
        with concurrent.futures.ThreadPoolExecutor(1 if asked.verbose else 2) as pool:
            for result in pool.map(lambda document: run_document(asked, samples, folder / document, shown[document]), running):
                problems += filter(None, result)
        if not asked.only:
            problems += rotate(asked, samples, folder / NIGHTLY / "nginx.logrotate")
    if not asked.only:
        problems += valid_units(asked)
        problems += [one for table in (EXEMPT, OTHER_CODES, BEFORE) for one in table.unused()]
        problems += [f"OTHER_LANGUAGES: no block is {one}" for one in sorted(OTHER_LANGUAGES.keys() - languages)]
        used = {program for found in shown.values() for command in found for program in command.programs()}
        problems += [f"PROGRAMS: no command runs {one}" for one in sorted(PROGRAMS - used)]
    for problem in problems:
        print(problem)
    print(f"{sum(map(len, running.values()))} commands ran, {exempt} are exempt")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
