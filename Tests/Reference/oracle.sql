-- The statistics of one site's days in UTC, by docs/counting.md, in SQL for both DuckDB and SQLite.
-- Input: line(day, visitor, instant, kind, page, referrer, acquisition, source, browser), no robots by user agent;
-- judged(day, visitor, views, rule, loads), the visitors of these lines, with an empty rule for people;
-- fetched(day, class, robot, page, bytes), the requests of robots by user agent, with the values under which they count.

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

SELECT dim, counted.day, value, sum(counted.views) AS pageviews, count(DISTINCT counted.visitor) AS visitors,
  count(*) AS visits, sum(bounces) AS bounces, sum(seconds) AS seconds,
  count(DISTINCT CASE WHEN loads = 1 THEN counted.visitor END) AS seen_loading
FROM counted JOIN judged ON judged.day = counted.day AND judged.visitor = counted.visitor
GROUP BY dim, counted.day, value
UNION ALL
SELECT 'not_found', line.day, page, count(*), count(DISTINCT line.visitor), 0, 0, 0,
  count(DISTINCT CASE WHEN loads = 1 THEN line.visitor END)
FROM line JOIN judged ON judged.day = line.day AND judged.visitor = line.visitor
WHERE kind = 'lost' AND rule = '' GROUP BY line.day, page
UNION ALL
SELECT 'behaviour', day, rule, sum(views), count(*), 0, 0, 0, sum(loads) FROM judged WHERE rule <> '' AND views > 0 GROUP BY day, rule
UNION ALL SELECT 'robot_class', day, class, count(*), 0, 0, 0, 0, 0 FROM fetched GROUP BY day, class
UNION ALL SELECT 'robot', day, robot, count(*), 0, 0, 0, sum(bytes), 0 FROM fetched GROUP BY day, robot
UNION ALL SELECT 'robot_page', day, page, count(*), 0, 0, 0, sum(bytes), 0 FROM fetched GROUP BY day, page;
