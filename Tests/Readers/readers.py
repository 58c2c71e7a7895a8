"""Asks the questions of docs/sql.md with SQLite's library, pandas and DuckDB: readers.py READER DATABASE SQL.MD

Each reader must give the same answers as SQLite's library. `make readers` installs pandas and DuckDB.
"""
import glob
import math
import os
import re
import sqlite3
import sys


def questions(document):
    """Returns the questions of the document, in order."""
    with open(document, encoding="utf-8") as file:
        return re.findall(r"```sql\n(.*?);\n```", file.read(), re.DOTALL)


def by_sqlite(database):
    """Returns a function that answers with SQLite's library, read-only."""
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    return lambda question: db.execute(question).fetchall()


def by_pandas(database):
    """Returns a function that answers with pandas and SQLite's library. Dates must be read as dates."""
    import pandas
    db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    days = pandas.read_sql("SELECT day FROM daily", db, parse_dates=["day"])
    assert str(days["day"].dtype).startswith("datetime64"), days["day"].dtype
    return lambda question: list(pandas.read_sql(question, db).itertuples(index=False, name=None))


def by_duckdb(database):
    """Returns a function that answers with DuckDB, whose own engine evaluates the views."""
    import duckdb
    import duckdb_extension_sqlite_scanner as scanner
    extension, = glob.glob(os.path.join(os.path.dirname(scanner.__file__), "extensions/*/*.duckdb_extension"))
    db = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    db.execute(f"LOAD '{extension}'")
    db.execute(f"ATTACH '{database}' AS footfall (TYPE sqlite, READ_ONLY)")
    db.execute("USE footfall")
    return lambda question: db.execute(question).fetchall()


READERS = {"sqlite": by_sqlite, "pandas": by_pandas, "duckdb": by_duckdb}


def same(left, right):
    """Returns whether two values are equal, whatever types the readers use for numbers and missing values."""
    if left is None or right is None or isinstance(left, str):
        return left == right
    return math.isclose(float(left), float(right))


def main():
    reader, database, document = sys.argv[1:]
    ask = READERS[reader](database)
    expected = by_sqlite(database)
    asked = questions(document)
    assert len(asked) >= 20, len(asked)
    for number, question in enumerate(asked, 1):
        left, right = expected(question), ask(question)
        equal = len(left) == len(right) and all(
            len(a) == len(b) and all(map(same, a, b)) for a, b in zip(left, right))
        if not equal:
            sys.exit(f"question {number}: {reader} answers {right}, SQLite {left}")
    views = [name for name, in expected("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    for view in views:
        left, right = expected(f"SELECT count(*) FROM {view}"), ask(f"SELECT count(*) FROM {view}")
        assert [int(right[0][0])] == [left[0][0]], (view, left, right)
    print(f"{len(asked)} questions, {len(views)} views")


main()
