import fc from 'fast-check';
import { analyseSql } from './analyse-sql.js';

/** What becomes of a query: the kind of its rows and the smallest group that gets through. */
function groupingOf(sql: string): string {
  const analysis = analyseSql(sql);
  if (analysis === null) return 'not understood';
  const { kind, least } = analysis.grouping;
  return `${kind}${least === null ? '' : ` of ${least}`}${analysis.joinedAfterwards ? ', joined' : ''}`;
}

describe('analyseSql', () => {
  it.each([
    ['SELECT a AS value FROM t GROUP BY value ORDER BY COUNT(a) DESC', 'groups'],
    ['SELECT DISTINCT a FROM t', 'groups'],
    ['SELECT a, count(*) FROM t GROUP BY a HAVING count(*) >= 10', 'groups of 10'],
    ['select a, Count(*) N from t group by a having N > 9.5 and a <> 3', 'groups of 10'],
    ['SELECT a FROM t GROUP BY a HAVING 9 < COUNT(DISTINCT p)', 'groups of 10'],
    ['SELECT a FROM t GROUP BY a HAVING (COUNT(*) > 9) AND (a > 1)', 'groups of 10'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) BETWEEN 10 AND 90 AND a > 1', 'groups of 10'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9 OR COUNT(*) > 20', 'groups of 10'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9 OR 1 = 1', 'groups'],
    ['SELECT a FROM t GROUP BY a HAVING NOT COUNT(*) > 9', 'groups'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) < 10', 'groups'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) > :floor', 'groups'],
    ['SELECT a FROM t GROUP BY a -- HAVING COUNT(*) > 9', 'groups'],
    ['SELECT a FROM t GROUP BY a /* HAVING /* really */ COUNT(*) > 9 */', 'groups'],
    ["SELECT a FROM t WHERE b = 'HAVING COUNT(*) > 9' GROUP BY a", 'groups'],
    ['SELECT a FROM t WHERE count > 9 GROUP BY a', 'groups'],
    ['SELECT v, n FROM (SELECT a AS v, COUNT(a) AS n FROM t GROUP BY v) AS q WHERE 7 < n', 'groups of 8'],
    [
      'SELECT v FROM (SELECT a v, COUNT(a) "Count" FROM t GROUP BY v) q WHERE q."count" >= 10;',
      'groups of 10',
    ],
    ['SELECT v FROM (SELECT a AS v, b AS n FROM t GROUP BY v, n) AS q WHERE 7 < n', 'groups'],
    ['WITH q AS (SELECT a, COUNT(*) AS n FROM t GROUP BY a) SELECT a FROM q WHERE n > 9', 'groups of 10'],
    ['WITH q AS (SELECT a, COUNT(*) AS n FROM t GROUP BY a) SELECT a FROM q', 'groups'],
    ['SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9 UNION SELECT b FROM t GROUP BY b', 'groups'],
    ['(SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9) UNION ALL (SELECT b FROM t)', 'records'],
    ['SELECT SUM(n) FROM (SELECT COUNT(*) AS n FROM t GROUP BY a) AS q', 'whole'],
    [
      'SELECT q.a, j.name FROM (SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9) q JOIN j ON j.a = q.a',
      'groups of 10, joined',
    ],
    ['SELECT AVG(a), COUNT(a) FROM t', 'whole'],
    ['SELECT * FROM t', 'records'],
    ['SELECT a, b FROM t WHERE c > 9 LIMIT 100', 'records'],
    ['SELECT a FROM (SELECT a FROM t ORDER BY RANDOM() LIMIT 500) AS q', 'records'],
    ['SELECT a, COUNT(*) OVER () FROM t', 'not understood'],
    ['SELECT (SELECT MAX(a) FROM t) FROM t', 'not understood'],
    ['SELECT a FROM t; DROP TABLE t', 'not understood'],
    ['DELETE FROM t', 'not understood'],
    ["SELECT 'open FROM t", 'not understood'],
    ['', 'not understood'],
  ])('%s: %s', (sql, expected) => {
    expect(groupingOf(sql)).toBe(expected);
  });

  it('follows columns into inner queries', () => {
    const sql =
      'SELECT 1 AS rank, _q.ward AS k0, _q.count AS count, _q.m0 AS m0, (_q.s - _q.count * _q.m0)/2 AS c0_0, x.top::int ' +
      'FROM (SELECT COUNT(*) AS count, SUM(d * d) AS s, AVG(d) AS m0, ward, MAX(e) AS top FROM t GROUP BY ward) AS _q';
    expect(analyseSql(sql.replace('x.top', '_q.top'))?.outputs).toMatchObject([
      { name: 'rank', meaning: 'constant' },
      { name: 'k0', meaning: 'value', columns: ['ward'], bare: true },
      { name: 'count', meaning: 'count' },
      { name: 'm0', meaning: 'average', columns: ['d'] },
      { name: 'c0_0', meaning: 'average' },
      { meaning: 'extreme', columns: ['e'] },
    ]);
  });

  it('tells a value from what is computed of it', () => {
    const sql = 'SELECT born AS a, born IS NULL AS b, p.born c, COUNT(*)::int AS n FROM p GROUP BY 1, 2';
    expect(analyseSql(sql)?.outputs.map(({ meaning, bare }) => [meaning, bare])).toEqual([
      ['value', true],
      ['value', false],
      ['value', true],
      ['count', false],
    ]);
  });

  it('ends, and soon, whatever the text', () => {
    const word = fc.constantFrom(
      ...'select from where group by having count ( ) * , and or between 9 < > a . union with as join on ; \' " -- /* */'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        expect(() => analyseSql(words.join(' '))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
    for (const text of ['(', '((a', "'", '$$', '/*', 'a,', 'a or ', 'between ', '"', 'with a as (select ']) {
      // A few milliseconds each; a time that grew with the square would outlast the run.
      expect(() => analyseSql(`select ${text.repeat(90_000 / text.length)}`)).not.toThrow();
    }
  });
});
