"""Simulates power loss: replays a trace of system calls up to some point, and checks what the disk would hold.

Data that is not synced by then may be lost, kept, reordered or torn at 512 bytes. The model is harsher than a
journalling file system: even names are lost unless their folder was synced.
"""
import os
import random
import re
import shutil

from crash_world import World, check_database, expect, say

CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,link,unlink,mkdir"
LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)(?:<(.*)>)?$")
BEGUN = re.compile(r"^(\d+)\s+(\w+)(\(.*?),? <unfinished \.\.\.>$")
ENDED = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$")
SYNCS = ("fsync", "fdatasync")
SECTOR = 512


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


def path_of(argument):
    """Returns the path of a descriptor such as 5<\\x2f…>."""
    return unhex(re.match(r"\d+<(.*)>$", argument).group(1)).decode()


class Node:
    """A file on the disk: what is safe, and what was written since the last sync."""

    def __init__(self):
        self.safe = bytearray()
        self.pending = []


class Disk:
    """Names and files, with the safe part of each. Executes the calls of a trace in order."""

    def __init__(self):
        self.names = {}      # as running programs see them
        self.safe_names = {}
        self.pending = []    # (folder, name, node or None)

    def create(self, path):
        if path not in self.names:
            self.set_name(path, Node())

    def set_name(self, path, node):
        if node is None:
            self.names.pop(path, None)
        else:
            self.names[path] = node
        self.pending.append((os.path.dirname(path), path, node))

    def sync(self, path):
        if path in self.names:
            node = self.names[path]
            for operation in node.pending:
                apply(node.safe, operation, lambda: True)
            node.pending = []
            return
        left = []
        for folder, name, node in self.pending:
            if folder == path:
                set_or_remove(self.safe_names, name, node)
            else:
                left.append((folder, name, node))
        self.pending = left

    def after_loss(self, chance):
        """Returns the contents of the disk after the power loss: {path: bytes}."""
        keep = chance.choice([0, 0.3, 0.7, 1])
        names = dict(self.safe_names)
        for _, name, node in self.pending:
            if chance.random() < keep:
                set_or_remove(names, name, node)
        files = {}
        for name, node in names.items():
            data = bytearray(node.safe)
            keep = chance.choice([0, 0.3, 0.7, 1])
            for operation in node.pending:
                if chance.random() < keep:
                    whole = chance.random() < 0.7
                    apply(data, operation, lambda: whole or chance.random() < 0.8)
            files[name] = bytes(data)
        return files

    def as_seen(self):
        """Returns what a running program sees: everything, synced or not."""
        files = {}
        for name, node in self.names.items():
            data = bytearray(node.safe)
            for operation in node.pending:
                apply(data, operation, lambda: True)
            files[name] = bytes(data)
        return files


def set_or_remove(names, name, node):
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def apply(data, operation, keeps_sector):
    kind, offset, content = operation
    if kind == "truncate":
        del data[offset:]
        data.extend(bytes(max(0, offset - len(data))))
        return
    data.extend(bytes(max(0, offset + len(content) - len(data))))
    for start in range(0, len(content), SECTOR):
        if keeps_sector():
            data[offset + start:offset + start + SECTOR] = content[start:start + SECTOR]


def whole_calls(lines):
    """Returns the lines of a trace, each call on one line even if calls of other threads interrupt it.

    An interrupted sync counts from its start, as it need not include later writes. Other calls count from their end.
    """
    calls, begun = [], {}
    for line in map(str.strip, lines):
        if match := BEGUN.match(line):
            thread, call, arguments = match.groups()
            begun[thread] = (len(calls), f"{thread} {call}{arguments}")
            calls.append(None)
        elif match := ENDED.match(line):
            place, start = begun.pop(match.group(1))
            if match.group(2) not in SYNCS:
                place = len(calls)
                calls.append(None)
            calls[place] = start + match.group(3)
        else:
            calls.append(line)
    return [call for call in calls if call]


def read_trace(trace, folder):
    """Returns a trace's calls on files of the database as functions of a disk, and whether each syncs a journal."""
    calls = []
    positions = {}

    def ours(path):
        return path.startswith(folder + "/stats.db") and not path.endswith(("-shm", ".lock"))

    def absolute(argument):
        path = unhex(re.search(r'"([^"]*)"', argument).group(1)).decode()
        return os.path.normpath(os.path.join(folder, path))

    with open(trace) as file:
        for line in whole_calls(file):
            match = LINE.match(line)
            if not match or int(match.group(3)) < 0:
                continue
            call, text = match.group(1), match.group(2)
            arguments = text.split(", ")
            if call == "openat":
                path = absolute(arguments[1])
                if ours(path) and "O_CREAT" in text:
                    positions[path] = 0
                    calls.append((lambda disk, path=path: disk.create(path), False))
            elif call == "mkdir":
                continue
            elif call in ("link", "unlink"):
                paths = [absolute(argument) for argument in arguments[:2 if call == "link" else 1]]
                if ours(paths[-1]):
                    source = paths[0] if call == "link" else None
                    calls.append((
                        lambda disk, path=paths[-1], source=source: disk.set_name(
                            path, disk.names[source] if source else None), False))
            else:
                path = path_of(arguments[0])
                if call in SYNCS:
                    calls.append((lambda disk, path=path: disk.sync(path), path.endswith("-wal")))
                elif ours(path):
                    calls.append((write_call(call, path, arguments, positions), False))
    return calls


def write_call(call, path, arguments, positions):
    if call == "ftruncate":
        operation = ("truncate", int(arguments[1]), b"")
    else:
        content = unhex(re.match(r'"(.*)"$', arguments[1]).group(1))
        offset = int(arguments[3]) if call == "pwrite64" else positions.get(path, 0)
        positions[path] = offset + len(content)
        operation = ("write", offset, content)
    return lambda disk: disk.names[path].pending.append(operation)


def lay_out(files, source, target):
    """Writes the files of a state into an empty folder."""
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    os.makedirs(target + "/stats.db.vault/salts", mode=0o700)
    os.chmod(target + "/stats.db.vault", 0o700)
    for path, data in files.items():
        with open(target + path[len(source):], "wb") as file:
            file.write(data)


def committed(files, source, folder):
    """Returns the lines in the ledger and the sealed days in a state without loss."""
    lay_out(files, source, folder)
    return check_database(folder + "/stats.db", folder + "/stats.db.vault")


def run(footfall, folder, tracer, steps, prepare, states):
    """Traces imports, sealing and a rebuild, and cuts the power at many moments."""
    world = World(footfall, folder + "/power")
    calls = []
    told = [step for step in steps if step.name in ("import", "seal", "rebuild", "import that seals")]
    for step in told:
        prepare(world, step)
        trace = folder + "/trace"
        world.run(step.arguments, [tracer, "-f", "-qq", "-y", "-xx", "-s", "10000000", "-e", "trace=" + CALLS, "-o", trace], allowed=(0, 2))
        calls += read_trace(trace, world.folder)
    expected = world.dump()
    chance = random.Random(4)
    cuts = sorted(chance.randrange(1, len(calls) + 1) for _ in range(states))
    disk, done, kept, continued = Disk(), 0, (0, 0), 0
    for number, cut in enumerate(cuts):
        for call, syncs_journal in calls[done:cut]:
            call(disk)
            if syncs_journal:
                kept = committed(disk.as_seen(), world.folder, folder + "/kept")
        done = cut
        state = World(footfall, folder + "/state")
        lay_out(disk.after_loss(chance), world.folder, state.folder)
        found = check_database(state.folder + "/stats.db", state.folder + "/stats.db.vault")
        expect(found[0] >= kept[0] and found[1] >= kept[1], f"power loss at call {cut}: nothing committed is lost")
        if number % 6 == 0:
            continue_after_loss(world, told, footfall, state, disk.after_loss(chance), expected)
            continued += 1
    say(f"power loss: {states} states in {len(calls)} calls, 0 damaged, 0 commits lost; {continued} continued to the end")


def continue_after_loss(world, told, footfall, state, files, expected):
    """Runs the same commands again after the loss; they must give the same statistics."""
    lay_out(files, world.folder, state.folder)
    state = World(footfall, state.folder)
    for step in told:
        for name, lines in step.logs:
            state.write(name, lines)
        state.run(step.arguments, allowed=(0, 64) if step.name == "seal" else (0, 2))
    expect(state.dump() == expected, "after a power loss the same commands give the same statistics")
