-- The statistics of one site's days in UTC, by docs/counting.md, in SQL for both DuckDB and SQLite.
-- Input: line(day, visitor, instant, kind, page, referrer, acquisition, source, browser), no robots by user agent;
-- fetched(day, class, robot, page, bytes), these robots' requests, with the values under which they count.

-- Everything that each visitor did on a day.
CREATE TABLE done AS
SELECT day, visitor,
  sum(CASE WHEN kind IN ('view', 'nobodys') THEN 1 ELSE 0 END) AS views,
  count(DISTINCT CASE WHEN kind IN ('view', 'nobodys') THEN page END) AS pages,
  sum(CASE WHEN kind = 'part' THEN 1 ELSE 0 END) AS parts,
  sum(CASE WHEN kind IN ('nobodys', 'probed', 'probe') THEN 1 ELSE 0 END) AS probes,
  sum(CASE WHEN kind = 'robots_txt' THEN 1 ELSE 0 END) AS robots,
  count(DISTINCT CASE WHEN kind IN ('lost', 'probed') THEN page END)
    + sum(CASE WHEN kind = 'refusal' THEN 1 ELSE 0 END) AS errors
FROM line GROUP BY day, visitor;

CREATE TABLE busiest AS
SELECT day, visitor, max(within_a_minute) AS of_all, max(of_one_within_an_hour) AS of_one FROM (
  SELECT day, visitor,
    count(*) OVER (PARTITION BY day, visitor ORDER BY instant RANGE BETWEEN 59 PRECEDING AND CURRENT ROW)
      AS within_a_minute,
    count(*) OVER (PARTITION BY day, visitor, page ORDER BY instant RANGE BETWEEN 3599 PRECEDING AND CURRENT ROW)
      AS of_one_within_an_hour
  FROM line WHERE kind IN ('view', 'nobodys')) AS windows
GROUP BY day, visitor;

-- The rules that depend on the visitor alone.
CREATE TABLE alone AS
SELECT done.*, coalesce(of_one, 0) AS of_one, CASE
    WHEN probes > 0 THEN 'probes'
    WHEN parts > 0 THEN ''
    WHEN robots > 0 THEN 'robots_txt'
    WHEN coalesce(of_all, 0) >= 100 THEN 'rate'
    ELSE '' END AS early,
  CASE WHEN parts = 0 AND errors >= 10 AND errors >= 4 * views THEN 1 ELSE 0 END AS errs
FROM done LEFT JOIN busiest ON busiest.day = done.day AND busiest.visitor = done.visitor;

CREATE TABLE loading AS
SELECT day FROM alone WHERE views > 1 AND early = '' AND errs = 0 GROUP BY day
HAVING sum(CASE WHEN parts > 0 THEN 1 ELSE 0 END) >= 10
  AND 4 * sum(CASE WHEN parts > 0 THEN 1 ELSE 0 END) >= 3 * count(*);

CREATE TABLE judged AS
SELECT day, visitor, views, CASE
    WHEN early <> '' THEN early
    WHEN parts = 0 AND of_one >= 200 AND day IN (SELECT day FROM loading) THEN 'one_page'
    WHEN errs = 1 THEN 'errors'
    WHEN parts = 0 AND pages >= 20 AND day IN (SELECT day FROM loading) THEN 'no_assets'
    ELSE '' END AS rule
FROM alone;

-- The page views of people, each with the number of its visit.
CREATE TABLE seen AS
SELECT hits.*, sum(begins) OVER (PARTITION BY day, visitor ORDER BY place ROWS UNBOUNDED PRECEDING) AS visit FROM (
  SELECT ordered.*, CASE WHEN instant - lag(instant) OVER (PARTITION BY day, visitor ORDER BY place) <= 1800
    THEN 0 ELSE 1 END AS begins
  FROM (
    SELECT line.*, row_number() OVER (PARTITION BY line.day, line.visitor ORDER BY instant, page, acquisition) AS place
    FROM line JOIN judged ON judged.day = line.day AND judged.visitor = line.visitor
    WHERE rule = '' AND kind = 'view') AS ordered) AS hits;

CREATE TABLE visit AS
SELECT day, visitor, visit, min(place) AS first, max(place) AS last, count(*) AS views,
  CASE WHEN count(*) = 1 THEN 1 ELSE 0 END AS bounces, max(instant) - min(instant) AS seconds
FROM seen GROUP BY day, visitor, visit;

CREATE TABLE whole AS
SELECT visit.*, entry.page AS entry_page, leave.page AS exit_page, entry.source, entry.referrer, entry.browser
FROM visit JOIN seen AS entry ON entry.day = visit.day AND entry.visitor = visit.visitor AND entry.place = visit.first
  JOIN seen AS leave ON leave.day = visit.day AND leave.visitor = visit.visitor AND leave.place = visit.last;

-- One row for each value under which a visit counts, then one for each page view.
CREATE TABLE counted AS
SELECT 'total' AS dim, day, '0' AS value, visitor, visit, views, bounces, seconds FROM whole
UNION ALL SELECT 'entry_page', day, entry_page, visitor, visit, views, bounces, seconds FROM whole
UNION ALL SELECT 'exit_page', day, exit_page, visitor, visit, views, bounces, seconds FROM whole
UNION ALL SELECT 'source', day, source, visitor, visit, views, bounces, seconds FROM whole
UNION ALL SELECT 'referrer', day, referrer, visitor, visit, views, bounces, seconds FROM whole WHERE referrer <> ''
UNION ALL SELECT 'browser', day, browser, visitor, visit, views, bounces, seconds FROM whole
UNION ALL SELECT dim, day, value, visitor, visit, count(*), max(bounces), sum(seconds) FROM (
  SELECT names.dim, seen.day, seen.visitor, seen.visit, bounces,
    CASE names.dim WHEN 'page' THEN page ELSE CAST((instant % 86400 - instant % 3600) / 3600 AS INTEGER) || '' END AS value,
    coalesce(lead(instant) OVER (PARTITION BY names.dim, seen.day, seen.visitor, seen.visit ORDER BY place), instant)
      - instant AS seconds
  FROM seen JOIN visit ON visit.day = seen.day AND visit.visitor = seen.visitor AND visit.visit = seen.visit,
    (SELECT 'page' AS dim UNION ALL SELECT 'hour') AS names) AS views
GROUP BY dim, day, value, visitor, visit;

SELECT dim, day, value, sum(views) AS pageviews, count(DISTINCT visitor) AS visitors, count(*) AS visits,
  sum(bounces) AS bounces, sum(seconds) AS seconds
FROM counted GROUP BY dim, day, value
UNION ALL
SELECT 'not_found', line.day, page, count(*), count(DISTINCT line.visitor), 0, 0, 0
FROM line JOIN judged ON judged.day = line.day AND judged.visitor = line.visitor
WHERE kind = 'lost' AND rule = '' GROUP BY line.day, page
UNION ALL
SELECT 'behaviour', day, rule, sum(views), count(*), 0, 0, 0 FROM judged WHERE rule <> '' AND views > 0 GROUP BY day, rule
UNION ALL SELECT 'robot_class', day, class, count(*), 0, 0, 0, 0 FROM fetched GROUP BY day, class
UNION ALL SELECT 'robot', day, robot, count(*), 0, 0, 0, sum(bytes) FROM fetched GROUP BY day, robot
UNION ALL SELECT 'robot_page', day, page, count(*), 0, 0, 0, sum(bytes) FROM fetched GROUP BY day, page;
