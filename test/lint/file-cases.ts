import { query, stats, config, orm, type LintCase } from './lint-case.js';

const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'b c d e f g h'
  .split(' ')
  .map(
    (name, at) =>
      `${name}: &${name} [${Array<string>(10)
        .fill(`*${'abcdefg'[at] ?? ''}`)
        .join(',')}]`,
  )
  .join('\n')}`;

/** For each rule about files as such: what makes it speak and what does not. */
export const fileCases: Readonly<Record<string, LintCase>> = {
  'unreadable-file': {
    fires: [
      ['', config('a: [')],
      ['', config('a: 1\na: 2')],
      ['', config('a: 1\n---\na: 2')],
      ['', config('a: *nobody')],
      ['', config('a: &a [*a]')],
      ['', config('')],
      ['', config('? [a]\n: 1')],
      ['', config(bomb)],
      ['', config('['.repeat(100_000))],
      ['', config('- '.repeat(5_000))],
      ['', config(`a: ${'x'.repeat(5_000_000)}`)],
      ['', { 'src-stats.yaml.gz': 'no gzip' }],
    ],
    silent: [config('tables: {}'), config('# only\ntables: {a: &t {ignore: true}, b: *t}')],
  },
  'unknown-structure': {
    fires: [
      ['config{1}', config('surprise: 1\ntables: {}')],
      ['config.tables.t{1}', config('tables: {t: {surprise: 1}}')],
      ['notes', { 'notes.yaml': 'just text' }],
      ['src-stats{1}', stats('weighted: 3')],
      ['src-stats.s.results[0].a', stats('s: {results: [{a: [1], count: 20}]}')],
      ['config.tables.t.ignore', config('tables: {t: {ignore: !ours true}}')],
    ],
    silent: [config('tables: {t: {ignore: true}}'), stats('s: {comments: [], results: []}')],
  },
  'unchecked-file': {
    fires: [['', { 'df.py': 'print(1)' }]],
    silent: [config('tables: {}')],
  },
  'infrastructure-named': {
    fires: [
      ['orm.dsn', orm('dsn: "postgresql://reader:***@db7:15432/lake"\ntables: {}')],
      ['orm.dsn', orm('dsn: "mysql+pymysql://db7/lake"\ntables: {}')],
      ['orm.parquet-dir', orm('parquet-dir: /mnt/lake\ntables: {}')],
      ['orm#', orm('# made on ward7.nhs.uk\ntables: {}')],
      ['src-stats.s.comments[0]', stats('s: {comments: ["host=db7 port=15432"], results: []}')],
      ['src-stats.s.comments[0]', stats('s: {comments: ["from 10.20.30.40"], results: []}')],
      ['src-stats.s.comments[0]', stats('s: {comments: ["ask a.name@trust.example"], results: []}')],
      ['config.host', config('host: db7\ntables: {}')],
    ],
    silent: [
      orm('dsn: [database information]\ntables: {}'),
      orm('dsn: "***"\ntables: {t: {columns: {host: {type: TEXT}, user: {type: TEXT}}}}'),
      stats('s: {comments: ["see https://docs.example.org/x"], results: [{port: Hull, count: 90}]}'),
      query("SELECT COUNT(*) AS n FROM t WHERE user = 'x'"),
    ],
  },
  'password-in-file': {
    fires: [
      ['orm.dsn', orm('dsn: "postgresql://reader:hunter2@db7/lake"\ntables: {}')],
      ['config.password', config('password: hunter2\ntables: {}')],
      ['orm#', orm('tables: {} # user=reader password=hunter2')],
    ],
    silent: [
      orm('dsn: "postgresql://reader:***@db7/lake"\ntables: {}'),
      orm('dsn: "postgresql://reader@db7/lake"\ntables: {}'),
      config('tables: {t: {row_generators: [{name: generic.person.password, columns_assigned: c}]}}'),
    ],
  },
  'schema-named': {
    fires: [['orm.schema', orm('schema: project_kingfisher\ntables: {}')]],
    silent: [
      orm('schema: "<schema>"\ntables: {}'),
      orm('schema: null\ntables: {}'),
      orm('schema: [database information]\ntables: {}'),
    ],
  },
};
