import { query, stats, config, orm, dp, type LintCase } from './lint-case.js';

/** For each rule about results: what makes it speak and what does not. */
export const statisticCases: Readonly<Record<string, LintCase>> = {
  'date-values-listed': {
    fires: [
      [
        'src-stats.auto__death__death_date.results',
        stats('auto__death__death_date: {results: [{value: x, count: 90}]}'),
      ],
      ['src-stats.s', stats('s: [{value: 2030-01-02, count: 90}]')],
      ['src-stats.s', stats('s: [{value: 2030-01-02 03:04:05, count: 90}]')],
      [
        'src-stats.auto__t__born',
        {
          ...stats('auto__t__born: [{value: 1, count: 90}]'),
          ...orm('tables: {t: {columns: {born: {type: DATE}}}}'),
        },
      ],
      [
        'config.src-stats[0].query',
        query('SELECT birthDatetime, COUNT(*) AS n FROM t GROUP BY 1 HAVING COUNT(*) > 9'),
      ],
    ],
    silent: [
      stats('auto__death__cause: {results: [{value: x, count: 90}]}'),
      stats('s: [{death_date__is_null: true, count: 90}]'),
      // Another rule speaks of this one.
      stats('s: [{max_death: 2030-01-02, count: 90}]'),
      query('SELECT death_date IS NULL AS missing, COUNT(*) AS n FROM t GROUP BY 1'),
    ],
  },
  'identifier-summarised': {
    fires: [
      ['src-stats.auto__death__person_id.results', stats('auto__death__person_id: {results: [{value: 3}]}')],
      ['src-stats.auto__person[0].mean__location_id', stats('auto__person: [{mean__location_id: 2.5}]')],
      [
        'src-stats.auto__t__plot',
        {
          ...stats('auto__t__plot: [{value: 1}]'),
          ...orm('tables: {t: {columns: {plot: {type: INTEGER, primary: true}}}}'),
        },
      ],
      ['config.src-stats[0].query', query('SELECT AVG(p.nhs_number) AS a FROM p')],
      ['config.src-stats[0].query', query('SELECT surname FROM p GROUP BY surname')],
    ],
    silent: [
      stats('auto__person__race_concept_id: {results: [{value: 3, count: 40}]}'),
      query('SELECT COUNT(person_id) AS n, sex FROM p GROUP BY sex HAVING COUNT(DISTINCT person_id) > 9'),
      config(dp('epsilon: 1').replace('SELECT p FROM', 'SELECT person_id FROM')),
    ],
  },
  'code-averaged': {
    fires: [
      [
        'src-stats.auto__p[0].mean__race_concept_id',
        stats('auto__p: [{mean__race_concept_id: 2.5, count: 90}]'),
      ],
    ],
    silent: [stats('auto__p: [{mean__weight: 2.5, count: 90}]')],
  },
  'count-unknown': {
    fires: [
      ['src-stats.s', stats('s: [{value: x}, {value: y}]')],
      ['src-stats.auto__p.results', stats('auto__p: {results: [{mean__weight: 2.5}]}')],
      ['src-stats.s[1]', stats('s: [{value: x, count: 20}, {value: y}]')],
      ['src-stats.s[0]', stats('s: [{value: x, count: many}]')],
      // The query says that this is no count, whatever it is called.
      [
        'src-stats.s.results',
        stats(
          's: {queries: {query: SELECT a AS value, b AS count FROM t GROUP BY 1}, results: [{value: x, count: 20}]}',
        ),
      ],
    ],
    silent: [stats('s: [{value: x, count: 20}]'), stats('s: {results: []}')],
  },
  'count-under-floor': {
    fires: [
      ['src-stats.s[1].count', stats('s: [{value: x, count: 20}, {value: y, count: 9}]')],
      ['src-stats.s[0].n', stats('s: [{value: x, n: -2}]')],
    ],
    silent: [stats('s: [{value: x, count: 10}]'), stats('s: [{value: 3, count: 10}]')],
  },
  'count-zero': {
    fires: [['src-stats.s[0].count', stats('s: [{value: x, count: 0}]')]],
    silent: [stats('s: [{value: 0, count: 10}]')],
  },
};
