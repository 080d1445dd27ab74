import { Random } from '../../src/core/random/random.js';
import type { Column, Table } from '../../src/core/table/table.js';
import { selectCells } from '../../src/core/table/select-rows.js';
import type { Check } from '../../src/evaluation/check.js';
import { runChecks } from '../../src/evaluation/evaluate.js';
import { subjectMeasures } from '../../src/evaluation/subjects/subject-measures.js';
import type { SubjectTables } from '../../src/evaluation/subjects/subject-tables.js';
import { takeSubjects } from '../../src/evaluation/subjects/take-subjects.js';
import { loadSubjectPolicy } from '../../src/commands/evaluate/subject-policy-file.js';
import { aDataset } from '../../src/generators/testing/a-dataset.js';

const thresholds = loadSubjectPolicy('policies');
const people = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, place) => from + place);

/** 1,200 people of one hospital: a third learned from, a third never seen, a third to be taken for synthetic. */
async function hospital(): Promise<SubjectTables> {
  const { tables, relations } = aDataset(1200);
  const read = new Map<string, Table>();
  for (const { name, rows } of tables) {
    const columns = new Map<string, Column>();
    for (const column of rows.columnNames) columns.set(column, await rows.column(column));
    read.set(name, { rowCount: rows.rowCount, columns });
  }
  return { tables: read, relations, subjects: 'patients' };
}

/** The first people of `histories` are given what others are like; their rows in all other tables stay. */
function withOtherParents(all: SubjectTables, histories: Int32Array, parents: Int32Array): SubjectTables {
  const [taken, others] = [takeSubjects(all, histories), takeSubjects(all, parents)];
  const [own, other] = [taken.tables.get('patients'), others.tables.get('patients')];
  if (!own || !other) throw new Error('There are no patients.');
  const columns = [...own.columns].map(([name, column]): [string, Column] => {
    const from = other.columns.get(name);
    return [name, name === 'patient' || !from ? column : selectCells(from, people(0, own.rowCount))];
  });
  const patients = { ...own, columns: new Map(columns) };
  return { ...taken, tables: new Map([...taken.tables, ['patients', patients]]) };
}

/** The same tables under keys that nobody has seen: the words of the keys are changed wherever they stand. */
function withNewKeys(all: SubjectTables): SubjectTables {
  const newKey = (key: string): string => `new-${key}`;
  const renamed = (column: Column): Column => {
    if (column.kind === 'text') return { ...column, values: column.values.map(newKey) };
    if (column.kind === 'category') return { ...column, dictionary: column.dictionary.map(newKey) };
    throw new Error('A key is made of words here.');
  };
  const tables = [...all.tables].map(([name, table]): [string, Table] => {
    const columns = [...table.columns].map(([key, column]): [string, Column] => [
      key,
      ['patient', 'visit'].includes(key) ? renamed(column) : column,
    ]);
    return [name, { ...table, columns: new Map(columns) }];
  });
  return { ...all, tables: new Map(tables) };
}

describe('leaks of whole people', () => {
  let all: SubjectTables;
  const check = (candidate: SubjectTables): Promise<Check[]> =>
    runChecks(
      {
        train: takeSubjects(all, people(0, 400)),
        holdout: takeSubjects(all, people(400, 800)),
        candidate,
        seed: 'leaks',
      },
      thresholds,
      subjectMeasures,
    );
  const failed = (checks: readonly Check[]): string[] =>
    checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
  beforeAll(async () => {
    all = await hospital();
  });

  it('is every check that the policy names and no other', () => {
    expect(Object.keys(thresholds).sort()).toEqual(subjectMeasures.map(({ name }) => name).sort());
  });

  it('fails nobody who was never learned from', async () => {
    const checks = await check(takeSubjects(all, people(800, 1200)));
    expect(failed(checks)).toEqual([]);
    expect(checks.every(({ value }) => value !== null)).toBe(true);
  });

  it('finds people drawn with replacement', async () => {
    const random = Random.fromSeed('again');
    const again = Int32Array.from({ length: 400 }, () => random.integerBelow(400));
    const found = failed(await check(takeSubjects(all, again)));
    expect(found).toContain('subject-sequence-copies');
    expect(found).toContain('subject-exact-copies-above-holdout');
    expect(found).toContain('subject-membership-by-distance');
  });

  it('finds the histories of one person in ten under new keys though others are said to have had them', async () => {
    const histories = Int32Array.from([...people(0, 40), ...people(840, 1200)]);
    const candidate = withNewKeys(withOtherParents(all, histories, people(800, 1200)));
    expect(candidate.tables.get('patients')?.rowCount).toBe(400);
    const found = failed(await check(candidate));
    expect(found).toContain('subject-sequence-copies');
    expect(found).not.toContain('subject-exact-copies-above-holdout');
  });
});
