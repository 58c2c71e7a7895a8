import GRDB
import Hits
import Rollups

/// The tables and views of a database, as a list of migrations that only grows.
///
/// Every table is STRICT. docs/architecture.md describes them.
enum Schema {
  /// Marks a file as Footfall's in SQLite's header ("Foot" in ASCII): <https://www.sqlite.org/pragma.html#pragma_application_id>.
  static let applicationID = 0x466F_6F74

  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("5 tables") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: sites + days + imports + ledger)
    }
    migrator.registerMigration("6 tokens and plans") { db in
      try db.execute(sql: tokens)
    }
    migrator.registerMigration("7 books of blocks") { db in
      try db.execute(sql: "ALTER TABLE block ADD COLUMN books TEXT")
    }
    migrator.registerMigration("8 recent samples") { db in
      try db.execute(sql: recentSamples)
    }
    migrator.registerMigration("9 robots") { db in
      try db.execute(sql: robots)
      try moveClasses(db)
      try db.execute(sql: "UPDATE day SET dirty = 1 WHERE state = 'open'")
    }
    migrator.registerMigration("10 who loads parts of pages") { db in
      try db.execute(
        sql: """
          ALTER TABLE agg ADD COLUMN seen_loading INTEGER;
          ALTER TABLE month_agg ADD COLUMN seen_loading INTEGER;
          ALTER TABLE day ADD COLUMN people_load INTEGER;
          UPDATE day SET dirty = 1 WHERE state = 'open';
          """)
      // Databases of earlier versions have views, which analysts may have added to.
      let known = try String.fetchSet(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'")
      for view in Views.all where !Views.ofCubes.contains(where: { $0.name == view.name }) {
        if known.contains(view.name) { try db.execute(sql: "DROP VIEW \(view.name)") }
        try db.execute(sql: view.sql)
      }
    }
    migrator.registerMigration("11 packed requests of robots") { db in
      try db.execute(sql: packedRobots)
    }
    migrator.registerMigration("12 pages of robots by day") { db in
      try db.execute(sql: robotPages)
      try RobotPages.moveTexts(db)
      let view = Views.name(of: .robotPage)
      try db.execute(sql: "DROP VIEW \(view); \(Views.view(of: .robotPage))")
    }
    migrator.registerMigration("13 statistics of other programs") { db in
      try db.execute(sql: past)
      for view in Views.past { try db.execute(sql: view.sql) }
    }
    migrator.registerMigration("14 cubes by day") { db in
      try db.execute(sql: "DROP VIEW IF EXISTS cube_daily")
      for cube in Cube.allCases where cube != .nextPages { try db.execute(sql: cube.definition) }
      try Cube.moveCells(db)
      for view in Views.ofCubes { try db.execute(sql: view.sql) }
      try db.execute(sql: "UPDATE day SET dirty = 1 WHERE state = 'open'")
    }
    migrator.registerMigration("15 goals") { db in
      try db.execute(sql: goals)
      try db.execute(sql: Views.goals)
    }
    migrator.registerMigration("16 next pages and funnels") { db in
      try db.execute(sql: Cube.nextPages.definition)
      try db.execute(sql: funnels)
      // Earlier migrations create all views of a new database.
      for view in [Views.of(.funnel), Views.of(.utm), Views.of(.nextPages)] {
        try db.execute(sql: "DROP VIEW IF EXISTS \(view.name); \(view.sql)")
      }
      try db.execute(sql: Views.funnels)
      try db.execute(sql: "UPDATE day SET dirty = 1 WHERE state = 'open'")
    }
    return migrator
  }

  private static let sites = """
    CREATE TABLE setting(
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE site(
      id INTEGER PRIMARY KEY,
      tracking_id TEXT NOT NULL UNIQUE,
      host TEXT NOT NULL UNIQUE,
      timezone TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      by_import INTEGER NOT NULL,
      behaviour TEXT NOT NULL DEFAULT 'default'
    ) STRICT;
    CREATE TABLE site_host(
      host TEXT NOT NULL PRIMARY KEY,
      site INTEGER NOT NULL REFERENCES site(id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE site_source(
      kind TEXT NOT NULL CHECK(kind IN ('file', 'path')),
      pattern TEXT NOT NULL,
      site INTEGER NOT NULL REFERENCES site(id),
      PRIMARY KEY(kind, pattern)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dict(
      id INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE
    ) STRICT;

    """

  private static let tokens = """
    CREATE TABLE token(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      hash BLOB NOT NULL UNIQUE,
      abilities TEXT NOT NULL,
      site INTEGER REFERENCES site(id) ON DELETE CASCADE,
      created_at INTEGER NOT NULL,
      last_used_on INTEGER
    ) STRICT;
    ALTER TABLE site ADD COLUMN api INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE site ADD COLUMN monthly_cap INTEGER;
    """

  private static let robots = """
    CREATE TABLE robot_run(
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      import INTEGER NOT NULL,
      robot INTEGER NOT NULL,
      page INTEGER NOT NULL,
      thing INTEGER NOT NULL,
      answer INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY(site, day, import, robot, page, thing, answer)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE feed_run(
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      import INTEGER NOT NULL,
      robot INTEGER NOT NULL,
      page INTEGER NOT NULL,
      reader INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      subscribers INTEGER NOT NULL,
      PRIMARY KEY(site, day, import, robot, page, reader)
    ) STRICT, WITHOUT ROWID;
    """

  private static let packedRobots = """
    CREATE TABLE robot_piece(
      id INTEGER PRIMARY KEY,
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      import INTEGER NOT NULL,
      data BLOB NOT NULL
    ) STRICT;
    CREATE INDEX robot_piece_of_day ON robot_piece(site, day);
    """

  private static let robotPages = """
    ALTER TABLE day ADD COLUMN number INTEGER;
    UPDATE day SET number = numbered.number
      FROM (SELECT site, day, row_number() OVER (ORDER BY day, site) AS number FROM day) AS numbered
      WHERE numbered.site = day.site AND numbered.day = day.day;
    CREATE UNIQUE INDEX day_number ON day(number);
    CREATE TABLE robot_page(
      id INTEGER PRIMARY KEY,
      robot INTEGER NOT NULL,
      page INTEGER NOT NULL,
      thing INTEGER NOT NULL,
      answer INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    """

  private static let goals = """
    CREATE TABLE site_goal(
      site INTEGER NOT NULL REFERENCES site(id),
      kind TEXT NOT NULL CHECK(kind IN ('event', 'page')),
      value TEXT NOT NULL,
      PRIMARY KEY(site, kind, value)
    ) STRICT, WITHOUT ROWID;
    """

  private static let funnels = """
    CREATE TABLE site_funnel(
      site INTEGER NOT NULL REFERENCES site(id),
      name TEXT NOT NULL,
      number INTEGER NOT NULL,
      step TEXT NOT NULL,
      steps TEXT NOT NULL,
      PRIMARY KEY(site, name, number)
    ) STRICT, WITHOUT ROWID;
    """

  private static let past = """
    CREATE TABLE past_series(
      id INTEGER PRIMARY KEY,
      site INTEGER NOT NULL REFERENCES site(id),
      origin TEXT NOT NULL,
      source TEXT NOT NULL,
      UNIQUE(site, origin)
    ) STRICT;
    CREATE TABLE past_kind(
      id INTEGER PRIMARY KEY,
      step INTEGER NOT NULL,
      dimension TEXT NOT NULL,
      measure TEXT NOT NULL,
      UNIQUE(step, dimension, measure)
    ) STRICT;
    CREATE TABLE past_part(
      id INTEGER PRIMARY KEY,
      series INTEGER NOT NULL REFERENCES past_series(id),
      first_day INTEGER NOT NULL,
      last_day INTEGER NOT NULL,
      first_covered INTEGER NOT NULL,
      last_covered INTEGER NOT NULL,
      state INTEGER NOT NULL,
      size INTEGER NOT NULL,
      identity BLOB NOT NULL,
      import INTEGER NOT NULL,
      file INTEGER NOT NULL,
      UNIQUE(series, first_day)
    ) STRICT;
    CREATE INDEX past_part_of_import ON past_part(import);
    CREATE TABLE past(
      part INTEGER NOT NULL REFERENCES past_part(id),
      kind INTEGER NOT NULL REFERENCES past_kind(id),
      day INTEGER NOT NULL,
      value INTEGER NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY(part, kind, day, value)
    ) STRICT, WITHOUT ROWID;
    """

  /// Moves the requests of robots on open days, of which only the class was kept.
  private static func moveClasses(_ db: Database) throws {
    let separator = "char(\(HitBatch.separator))"
    let robot = "'(unknown)' || \(separator) || \(separator) || class || \(separator) || 'claimed'"
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO dict(text) SELECT \(robot) FROM bot_run UNION SELECT '(unknown)' FROM bot_run;
        INSERT INTO robot_run
          SELECT site, day, import, (SELECT id FROM dict WHERE text = \(robot)),
            (SELECT id FROM dict WHERE text = '(unknown)'), 0, 0, requests, 0
          FROM bot_run;
        DROP TABLE bot_run;
        """)
  }

  private static let recentSamples = """
    CREATE TABLE recent_sample(
      hash INTEGER NOT NULL,
      stream INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY(hash, stream, sequence)
    ) STRICT, WITHOUT ROWID;
    """

  private static let days = """
    CREATE TABLE day(
      site INTEGER NOT NULL REFERENCES site(id),
      day INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'open' CHECK(state IN ('open', 'sealed', 'pruned')),
      dirty INTEGER NOT NULL DEFAULT 0,
      counting INTEGER NOT NULL,
      touched_at INTEGER NOT NULL,
      touched_by INTEGER NOT NULL,
      behaviour TEXT,
      PRIMARY KEY(site, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX open_day ON day(day) WHERE state = 'open';
    CREATE TABLE calendar(
      day INTEGER PRIMARY KEY,
      date TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE run(
      id INTEGER PRIMARY KEY,
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      run INTEGER NOT NULL,
      piece INTEGER NOT NULL,
      import INTEGER NOT NULL,
      hits INTEGER NOT NULL,
      data BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX run_of_day ON run(site, day, run, piece);
    CREATE TABLE agg(
      site INTEGER NOT NULL,
      dim INTEGER NOT NULL,
      day INTEGER NOT NULL,
      value INTEGER NOT NULL,
      pageviews INTEGER NOT NULL,
      visitors INTEGER NOT NULL,
      visits INTEGER NOT NULL,
      bounces INTEGER NOT NULL,
      seconds INTEGER NOT NULL,
      PRIMARY KEY(site, dim, day, value)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE month(
      site INTEGER NOT NULL,
      first_day INTEGER NOT NULL,
      last_day INTEGER NOT NULL,
      summed INTEGER NOT NULL,
      PRIMARY KEY(site, first_day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX month_to_sum_up ON month(site) WHERE summed = 0;
    CREATE TABLE month_agg(
      site INTEGER NOT NULL,
      dim INTEGER NOT NULL,
      month INTEGER NOT NULL,
      value INTEGER NOT NULL,
      pageviews INTEGER NOT NULL,
      visitors INTEGER NOT NULL,
      visits INTEGER NOT NULL,
      bounces INTEGER NOT NULL,
      seconds INTEGER NOT NULL,
      PRIMARY KEY(site, dim, month, value)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE bot_run(
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      import INTEGER NOT NULL,
      class TEXT NOT NULL,
      requests INTEGER NOT NULL,
      PRIMARY KEY(site, day, import, class)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cube(
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      source INTEGER NOT NULL,
      channel INTEGER NOT NULL,
      country INTEGER NOT NULL,
      browser INTEGER NOT NULL,
      os INTEGER NOT NULL,
      device INTEGER NOT NULL,
      pageviews INTEGER NOT NULL,
      visitors INTEGER NOT NULL,
      visits INTEGER NOT NULL,
      bounces INTEGER NOT NULL,
      seconds INTEGER NOT NULL,
      visitors_of_source INTEGER NOT NULL,
      visitors_of_channel INTEGER NOT NULL,
      visitors_of_day INTEGER NOT NULL,
      PRIMARY KEY(site, day, source, channel, country, browser, os, device)
    ) STRICT, WITHOUT ROWID;

    """

  private static let imports = """
    CREATE TABLE hour_lines(
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      hour INTEGER NOT NULL,
      import INTEGER NOT NULL,
      lines INTEGER NOT NULL,
      PRIMARY KEY(site, day, hour, import)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE import(
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      version TEXT NOT NULL,
      site INTEGER REFERENCES site(id),
      selection INTEGER NOT NULL DEFAULT 0,
      rebuilt_day INTEGER,
      merged_from TEXT
    ) STRICT;
    CREATE TABLE import_file(
      id INTEGER PRIMARY KEY,
      import INTEGER NOT NULL REFERENCES import(id),
      name TEXT NOT NULL,
      format TEXT NOT NULL,
      problem TEXT
    ) STRICT;
    CREATE INDEX import_file_of_import ON import_file(import);
    CREATE TABLE outcome(
      file INTEGER NOT NULL REFERENCES import_file(id),
      site INTEGER NOT NULL,
      day INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      lines INTEGER NOT NULL,
      PRIMARY KEY(file, site, day, outcome)
    ) STRICT, WITHOUT ROWID;

    """

  private static let ledger = """
    CREATE TABLE stream(
      id INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE block(
      stream INTEGER NOT NULL REFERENCES stream(id),
      sequence INTEGER NOT NULL,
      complete INTEGER NOT NULL,
      lines INTEGER NOT NULL,
      id BLOB,
      first_day INTEGER,
      last_day INTEGER,
      first_time INTEGER,
      last_time INTEGER,
      hashes BLOB,
      UNIQUE(stream, sequence)
    ) STRICT;
    CREATE INDEX block_by_id ON block(id) WHERE id IS NOT NULL;
    CREATE INDEX open_block_by_day ON block(first_day, last_day) WHERE hashes IS NOT NULL;
    CREATE INDEX open_block_by_time ON block(last_time, first_time) WHERE hashes IS NOT NULL;
    CREATE INDEX open_stream_by_time ON block(last_time, first_time) WHERE sequence = 0 AND hashes IS NOT NULL;
    CREATE TABLE extent(
      stream INTEGER NOT NULL REFERENCES stream(id),
      first_line INTEGER NOT NULL,
      lines INTEGER NOT NULL,
      import INTEGER NOT NULL,
      PRIMARY KEY(stream, first_line)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX extent_of_import ON extent(import);
    CREATE TABLE sample(
      hash INTEGER NOT NULL,
      stream INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      PRIMARY KEY(hash, stream, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE stat_cache(
      path TEXT NOT NULL PRIMARY KEY,
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      settled INTEGER NOT NULL,
      format TEXT,
      selection INTEGER NOT NULL,
      lines TEXT NOT NULL,
      consumed INTEGER NOT NULL,
      stream INTEGER,
      sequence INTEGER,
      line INTEGER,
      first_bytes INTEGER,
      last_bytes INTEGER,
      readable INTEGER,
      rejects INTEGER
    ) STRICT, WITHOUT ROWID;

    """
}
