"""Measures what is redacted, and writes the last section of docs/quality.md.

- Personal data made by the specifications of the kinds: how much of it is missed.
- Harmless texts made to resemble it, words of Debian's lists of words, and names of Debian's packages: how many are
  changed.
- The distinct paths of real logs (of the folder beside the checkout, or --corpora): how many are changed. Whether rightly so, a person
  has to say. This script knows what was looked at by a digest, and fails if it is something else now;
  --show prints the changed paths, for looking. They are no part of the project.
"""
import argparse
import collections
import hashlib
import pathlib
import re
import subprocess
import sys

import letter_pairs
import made_texts
import real_logs

BESIDE = pathlib.Path(__file__).resolve().parents[3] / "shared" / "corpora"
MADE = 10_000
MOST_MISSED = 0.01
MOST_FALSE = 0.001
# Pages and assets of the corpora that are changed, and those of them that should not be, as somebody has looked at them.
LOOKED_AT = {"6e41b4e3fa7b87bd": 0, "58ba42f15a3e238e": 0}

TARGET = re.compile(r'\b(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|PATCH|PROPFIND)[ ",:]+(?:"?[a-z_]+"?:"?)?(/[^\s"\\]*)')
WORD = re.compile(":(?:email|uuid|token|phone|ip|card)")
KEYED = re.compile(r'"(?:uri|path|url|request_uri|RequestPath)"\s*:\s*"(/[^"\s]*)"')


def redacted(quality, lines):
    """Returns kind, normalised text and redacted text of each line of input."""
    text = "\n".join(lines) + "\n"
    answer = subprocess.run([quality, "--redact"], input=text, stdout=subprocess.PIPE, text=True, check=True)
    return [line.split("\t") for line in answer.stdout.split("\n")[:-1]]


def percent(part, whole):
    return f"{100 * part / max(1, whole):.2f} %"


class Report:
    def __init__(self):
        self.missed = []

    def say(self, text=""):
        print(text)

    def goal(self, title, part, whole, most):
        if part > most * whole:
            self.missed.append(f"{title}: {percent(part, whole)}, goal {100 * most:g} %")


def say_all(report, everything, most):
    whole, part = everything
    report.say(f"| **all** | {whole:,} | {part:,} | {percent(part, whole)}, goal <= {100 * most:g} % |\n")


def personal(quality, report, show):
    report.say("### Made personal data\n")
    report.say("In paths and queries, escaped as browsers and programs do it. Missed is what is not replaced entirely, and\n"
               "by the word of its kind.\n")
    report.say("| kind | made | missed | share |\n|---|---|---|---|")
    everything = [0, 0]
    for seed, (title, make, word) in enumerate(made_texts.KINDS):
        made = made_texts.personal(make, MADE, seed)
        answers = redacted(quality, ["target\t" + place.format(text) for place, text in made])
        missed = [(text, answer[2]) for (place, text), answer in zip(made, answers) if answer[2] != place.format(word)]
        everything = [everything[0] + len(made), everything[1] + len(missed)]
        report.say(f"| {title} | {len(made):,} | {len(missed):,} | {percent(len(missed), len(made))} |")
        if show:
            for text, answer in missed[:25]:
                print("missed", text, answer, sep="\t", file=sys.stderr)
    say_all(report, everything, MOST_MISSED)
    report.goal("made personal data that is missed", everything[1], everything[0], MOST_MISSED)


def harmless(quality, report, folder, show):
    lists = letter_pairs.lists(folder) if folder.is_dir() else {}
    unseen = [word for words in lists.values() for word in words if not letter_pairs.is_counted(word)]
    english = next((words for name, words in lists.items() if "english" in name), None) or ["page", "story", "house"]
    texts = [(title, made_texts.harmless(make, MADE, seed, english))
             for seed, (title, make) in enumerate(made_texts.HARMLESS)]
    for name, words in lists.items():
        words = [word for word in words if not letter_pairs.is_counted(word)]
        texts.append((f"titles of words, {name}", made_texts.harmless(made_texts.slug, MADE, 0, words)))
    if lists:
        texts.append(("names of words joined by capitals", made_texts.harmless(made_texts.camel, MADE, 0, unseen)))
        texts.append(("words of 12 letters or more", ["/" + word for word in sorted(set(unseen)) if len(word) >= 12]))
    packages = [name for name in sorted(letter_pairs.packages()) if not letter_pairs.is_counted(name)]
    if packages:
        texts.append(("names of Debian's packages", ["/" + name for name in packages]))
    report.say("### Harmless texts\n")
    report.say("Made to resemble personal data, and words that the table of letters was not made of"
               + (".\n" if lists else "; Debian's lists\nof words are not installed here.\n"))
    report.say("| texts | number | changed | share |\n|---|---|---|---|")
    everything = [0, 0]
    for title, lines in texts:
        answers = redacted(quality, ["target\t" + line for line in lines])
        wrong = [answer for answer in answers if answer[1] != answer[2]]
        everything = [everything[0] + len(lines), everything[1] + len(wrong)]
        report.say(f"| {title} | {len(lines):,} | {len(wrong):,} | {percent(len(wrong), len(lines))} |")
        if show:
            for answer in wrong[:25]:
                print("changed", title, answer[1], answer[2], sep="\t", file=sys.stderr)
    say_all(report, everything, MOST_FALSE)
    report.goal("harmless texts that are changed", everything[1], everything[0], MOST_FALSE)


def targets(folder):
    """Returns the distinct targets of all logs in a folder, without queries: those are not stored."""
    found = set()
    for _, names in real_logs.logs(folder):
        for name in names:
            for line in real_logs.text(str(folder / name)):
                for match in list(TARGET.finditer(line)) + list(KEYED.finditer(line)):
                    found.add(match[1].split("?")[0].split("#")[0])
    return sorted(found)


def real(quality, report, folder, show):
    report.say("### Real paths\n")
    if not folder.is_dir():
        report.say("Not measured: there are no corpora here.")
        return
    paths = {tuple(answer) for answer in redacted(quality, ["target\t" + target for target in targets(folder)])
             if len(answer) == 3}
    report.say("The distinct paths of the real logs above. Somebody has looked at each that is changed.\n")
    report.say("| paths | distinct | changed | by kind | of them wrongly | share of all |\n|---|---|---|---|---|---|")
    for kind in ("page", "asset"):
        own = sorted(path for path in paths if path[0] == kind)
        say_kind(report, kind, len(own), [path for path in own if path[1] != path[2]], show)


def say_kind(report, kind, count, changed, show):
    kinds = collections.Counter(word for path in changed for word in set(WORD.findall(path[2])))
    digest = hashlib.sha256("\n".join("\t".join(path) for path in changed).encode()).hexdigest()[:16]
    wrongly = LOOKED_AT.get(digest)
    shares = "not looked at yet | "
    if wrongly is None:
        report.missed.append(f"real {kind}s: not those that were looked at; look with --show, then note {digest}")
    else:
        shares = f"{wrongly} | {percent(wrongly, count)}"
        if kind == "page":
            shares += f", goal <= {100 * MOST_FALSE:g} %"
            report.goal("real pages that are changed wrongly", wrongly, count, MOST_FALSE)
    words = ", ".join(f"`{word}` {number}" for word, number in kinds.most_common())
    report.say(f"| {kind}s | {count:,} | {len(changed):,} | {words} | {shares} |")
    if show:
        for path in changed:
            print("real", *path, sep="\t", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quality", required=True)
    parser.add_argument("--corpora", default=BESIDE, type=pathlib.Path)
    parser.add_argument("--words", default=pathlib.Path("/usr/share/dict"), type=pathlib.Path)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    report = Report()
    report.say("## Redaction\n")
    report.say("What the [rules for personal data](privacy.md#redaction) replace at the default level. All made texts are\n"
               "drawn by chance from fixed seeds: `Tests/Quality/made_texts.py` says how.\n")
    personal(arguments.quality, report, arguments.show)
    harmless(arguments.quality, report, arguments.words, arguments.show)
    real(arguments.quality, report, arguments.corpora, arguments.show)
    for missed in report.missed:
        print("redaction: " + missed, file=sys.stderr)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
