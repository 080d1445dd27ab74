import { query, stats, config, dp, type LintCase } from './lint-case.js';

const partition = (number: number, end: string): string =>
  `  - name: auto__cov__t__a__alt_${number}
    query: SELECT ${number} AS rank, _q.count AS count FROM (SELECT COUNT(*) AS count FROM t GROUP BY a) AS _q${end}`;

/** For each rule about queries and what they spend: what makes it speak and what does not. */
export const queryCases: Readonly<Record<string, LintCase>> = {
  'query-without-count-filter': {
    fires: [
      ['config.src-stats[0].query', query('SELECT a AS value FROM t GROUP BY value ORDER BY COUNT(a) DESC')],
      ['config.src-stats[0].query', query('SELECT AVG(a) AS mean__a FROM t')],
      ['src-stats.s.queries.query', stats('s: {queries: {query: SELECT DISTINCT a FROM t}, results: []}')],
    ],
    silent: [
      query('SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9'),
      query('SELECT AVG(a) AS mean__a, COUNT(a) AS count FROM t'),
      config(dp('epsilon: 1')),
    ],
  },
  'count-filter-under-floor': {
    fires: [
      [
        'config.src-stats[0].query',
        query('SELECT a FROM (SELECT a, COUNT(*) AS n FROM t GROUP BY a) AS q WHERE 7 < n'),
      ],
    ],
    silent: [query('SELECT a FROM (SELECT a, COUNT(*) AS n FROM t GROUP BY a) AS q WHERE 9 < n')],
  },
  'records-listed': {
    fires: [['config.src-stats[0].query', query('SELECT age, weight FROM t LIMIT 500')]],
    silent: [query('SELECT COUNT(*) AS n FROM t'), config(dp('epsilon: 1'))],
  },
  'suppression-missing': {
    fires: [
      [
        'config.src-stats[0].query',
        config(`src-stats:\n${partition(0, '')}\n${partition(1, ' WHERE 10 < _q.count')}`),
      ],
    ],
    silent: [
      config(`src-stats:\n${partition(0, ' WHERE 10 < _q.count')}\n${partition(1, ' WHERE 10 < _q.count')}`),
      // Nothing was to be suppressed: two records are what a variance needs.
      config(`src-stats:\n${partition(0, '')}\n${partition(1, ' WHERE 1 < _q.count')}`),
    ],
  },
  'query-not-understood': {
    fires: [
      ['config.src-stats[0].query', query('TABLE t')],
      [
        'config.src-stats[0].query',
        query('SELECT q.a, j.b FROM (SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9) q JOIN j ON 1 = 1'),
      ],
    ],
    silent: [query('SELECT q.a FROM (SELECT a FROM t GROUP BY a HAVING COUNT(*) > 9) q')],
  },
  'raw-extreme': {
    fires: [
      ['config.src-stats[0].query', query('SELECT MIN(age) AS a, COUNT(*) AS n FROM t')],
      ['config.src-stats[0].query', query('SELECT age, MAX (age) OVER () FROM t')],
      ['src-stats.s[0].max_age', stats('s: [{max_age: 104, count: 90}]')],
    ],
    silent: [
      query('SELECT AVG(max_dose) AS a, COUNT(*) AS n FROM t'),
      stats('s: [{mean__age: 50, count: 90}]'),
    ],
  },
  'protection-off': {
    fires: [
      [
        'config.src-stats[0].snsql-metadata.censor_dims',
        config(dp('epsilon: 1, snsql-metadata: {censor_dims: false}')),
      ],
      [
        'config.src-stats[0].snsql-metadata.row_privacy',
        config(dp('epsilon: 1, snsql-metadata: {row_privacy: true}')),
      ],
      [
        'config.tables.t.row_generators[0].kwargs{1}',
        config('tables: {t: {row_generators: [{name: dist_gen.choice, kwargs: {suppressed: false}}]}}'),
      ],
      [
        'config.tables.t.row_generators[0].kwargs{1}',
        config('tables: {t: {row_generators: [{name: dist_gen.choice, kwargs: {suppress_count: 7}}]}}'),
      ],
    ],
    silent: [config(dp('epsilon: 1, snsql-metadata: {censor_dims: true, clamp_counts: false}'))],
  },
  'privacy-budget-unledgered': {
    fires: [
      ['config.src-stats', config(dp('epsilon: 0.5, delta: 0.1'))],
      ['config.src-stats', config(dp('delta: 0.1'))],
      [
        'config.src-stats',
        { ...config(dp('epsilon: 0.5')), 'ledger.yaml': 'version: 1\nentries: [{query: s, epsilon: 0.4}]' },
      ],
      [
        'src-stats.s.queries.dp-query',
        stats('s: {queries: {dp-query: SELECT COUNT(*) AS n FROM t}, results: [{n: 90}]}'),
      ],
    ],
    silent: [
      query('SELECT COUNT(*) AS n FROM t'),
      {
        ...config(dp('epsilon: 0.5, delta: 0.1')),
        'ledger.yaml': 'version: 1\nentries: [{query: s, epsilon: 0.5, delta: 0.1}]',
      },
    ],
  },
};
