import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDataset, tableRows } from '../../src/generators/testing/a-dataset.js';
import { badFigures, evaluateFiles } from './evaluate-files.js';
import type { Evaluated } from './evaluate-files.js';

interface Described {
  readonly columns: Readonly<Record<string, object>>;
  readonly primary_key?: string;
}

const typed = (columns: Readonly<Record<string, string>>): Described => ({
  columns: Object.fromEntries(Object.entries(columns).map(([name, sdtype]) => [name, { sdtype }])),
});
const tables: Readonly<Record<string, Described>> = {
  patients: {
    ...typed({ patient: 'id', smoker: 'categorical', born: 'numerical', sex: 'categorical' }),
    primary_key: 'patient',
  },
  visits: {
    ...typed({ visit: 'id', patient: 'id', came: 'numerical', left: 'numerical', urgent: 'categorical' }),
    primary_key: 'visit',
  },
  labs: typed({ patient: 'id', visit: 'id', taken: 'numerical', value: 'numerical' }),
};
const metadata = {
  tables,
  relationships: [
    ['patients', 'visits', 'patient'],
    ['patients', 'labs', 'patient'],
    ['visits', 'labs', 'visit'],
  ].map(([parent, child, key]) => ({
    ...{ parent_table_name: parent, parent_primary_key: key },
    ...{ child_table_name: child, child_foreign_key: key },
  })),
};

type Sides = Readonly<Record<'real' | 'holdout' | 'synthetic', (patient: number) => boolean>>;

/** Writes the people of each side with all of their rows into a folder of its own, and compares. */
async function evaluate(sides: Sides, values: Readonly<Record<string, string>> = {}): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-several-'));
  try {
    const all = await tableRows(aDataset(360));
    for (const [side, isOf] of Object.entries(sides)) {
      await mkdir(join(folder, side));
      for (const [table, { columns }] of Object.entries(tables)) {
        const names = Object.keys(columns);
        const own = (all.get(table) ?? []).filter(({ patient }) => isOf(Number(String(patient).slice(1))));
        const lines = own.map((row) => names.map((name) => row[name] ?? '').join(','));
        await writeFile(join(folder, side, `${table}.csv`), `${[names.join(','), ...lines].join('\n')}\n`);
      }
    }
    await writeFile(join(folder, 'metadata.json'), JSON.stringify(metadata));
    return await evaluateFiles({
      ...values,
      ...{ real: join(folder, 'real'), synthetic: join(folder, 'synthetic') },
      ...{ holdout: join(folder, 'holdout'), metadata: join(folder, 'metadata.json') },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const third = (place: number) => (patient: number) => patient % 3 === place;

describe('the report of folders', () => {
  it('says of people who were never seen that none is given away, and how the tables belong together', async () => {
    const { report, html } = await evaluate({ real: third(0), holdout: third(1), synthetic: third(2) });
    expect(badFigures(report)).toEqual([]);
    const people = report?.figures.filter(({ section }) => section === 'related tables') ?? [];
    expect(people.length).toBeGreaterThan(8);
    expect(people.filter(({ status }) => status === 'fail')).toEqual([]);
    const relationships = report?.details.find(({ section }) => section === 'related tables');
    expect(relationships?.rows.map(([key, names]) => [key, names])).toEqual([
      ['visits.patient', 'patients.patient'],
      ['labs.patient', 'patients.patient'],
      ['labs.visit', 'visits.visit'],
    ]);
    expect(relationships?.rows.map((row) => row[2])).toEqual([{ value: 1 }, { value: 1 }, { value: 1 }]);
    expect(html).toContain('Related tables and whole people');
  });

  it('fails who gives away the people it learned from', async () => {
    const { report, code } = await evaluate({ real: third(0), holdout: third(1), synthetic: third(0) });
    expect(code).toBe(1);
    const failed = report?.figures.filter(({ status }) => status === 'fail').map(({ name }) => name);
    expect(failed).toContain('subject-sequence-copies');
    expect(failed).toContain('subject-exact-copies-above-holdout');
  });

  it('refuses a table of subjects that is not there', async () => {
    const found = await evaluate(
      { real: third(0), holdout: third(1), synthetic: third(2) },
      { subjects: 'persons' },
    );
    expect(found.code).toBe(2);
    expect(found.complained.join()).toContain('no table "persons"');
  });
});
