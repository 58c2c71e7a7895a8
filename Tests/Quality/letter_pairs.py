"""Counts how letters follow each other in words, and writes the table of Sources/Redaction/Words/LetterPairs.swift.

    apt-get install wamerican wbrazilian wbulgarian wcatalan wdanish wdutch wfrench wirish witalian wngerman \\
      wnorwegian wpolish wportuguese wspanish wswedish wukrainian
    python3 -B Tests/Quality/letter_pairs.py

Each language counts the same, so that long lists do not outweigh short ones; English and the names of Debian's
packages count four times, because so many addresses of pages are English or technical. Words in Cyrillic are
transliterated in two ways. Half of the words are left out: redaction.py measures with them.
"""
import collections
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import unicodedata
import zlib

TABLE = pathlib.Path(__file__).resolve().parents[2] / "Sources/Redaction/Words/LetterPairs.swift"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# No pair is more surprising than ten bits.
MOST = 40
WORDS_OF_A_LIST = 60_000

CYRILLIC = dict(zip(
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяъыэё",
    "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch  yu ya  y e yo".split(" ")))
OTHER_CYRILLIC = dict(CYRILLIC, **{"г": "g", "и": "i", "й": "j", "х": "h", "ю": "ju", "я": "ja", "щ": "sch", "ц": "c"})
LATIN = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}


def is_counted(word):
    """Whether a word is one of the half that the table is made of."""
    return zlib.crc32(word.encode()) % 2 == 0


def folded(word):
    """Returns a word in the letters of addresses: lower case, without accents, transliterated."""
    word = word.lower().removesuffix("'s")
    table = CYRILLIC if zlib.crc32(word.encode()) % 3 else OTHER_CYRILLIC
    word = "".join(table.get(letter, LATIN.get(letter, letter)) for letter in word)
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


def lists(folder):
    """Returns Debian's lists of words by their name, each with a sample of its words as they are in addresses."""
    found = {}
    for path in sorted(pathlib.Path(folder).glob("*")):
        if path.is_symlink() or not path.is_file() or "." in path.name:
            continue
        raw = path.read_bytes()
        try:
            words = raw.decode().split()
        except UnicodeDecodeError:
            words = raw.decode("cp1251" if path.name == "bulgarian" else "latin-1").split()
        random.Random(1).shuffle(words)
        found[path.name] = [word for word in map(folded, words[:WORDS_OF_A_LIST]) if re.fullmatch("[a-z]+", word)]
    return found


def packages():
    """Returns the names of Debian's packages."""
    try:
        return subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []


def table(counts, smoothing):
    """Returns the surprise of each letter in quarters of a bit, as a digit each."""
    total = sum(counts.values()) + smoothing * len(LETTERS)
    surprises = (-4 * math.log2((counts[letter] + smoothing) / total) for letter in LETTERS)
    return "".join(DIGITS[min(MOST, round(surprise))] for surprise in surprises)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict"
    sources = [(4 if name.startswith("american") else 1, words) for name, words in lists(folder).items()]
    if len(sources) < 10:
        sys.exit("letter_pairs: fewer than ten lists of words in " + folder)
    sources.append((4, [word for name in sorted(packages()) for word in re.findall("[a-z]+", name)]))
    first = collections.Counter()
    pairs = {letter: collections.Counter() for letter in LETTERS}
    for weight, words in sources:
        words = [word for word in words if is_counted(word)]
        count = sum(len(word) - 1 for word in words)
        for word in words:
            first[word[0]] += weight / len(words)
            for before, after in zip(word, word[1:]):
                pairs[before][after] += weight / count
    whole = sum(sum(row.values()) for row in pairs.values())
    rows = [table(pairs[letter], 2e-5 * whole / len(LETTERS)) for letter in LETTERS]
    text = TABLE.read_text()
    text = re.sub(r'values\("\w{26}"\)', f'values("{table(first, 0.002 * sum(first.values()))}")', text)
    lines = "".join(f'      "{row}",\n' for row in rows)
    TABLE.write_text(re.sub(r'(      "\w{26}",\n)+', lines, text))


if __name__ == "__main__":
    main()
