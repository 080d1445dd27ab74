import { readFileSync } from 'node:fs';
import { describeWithShared } from '../../../test/support/shared-data.js';
import { TextTables } from '../../../test/support/text-tables.js';
import type { SemanticType } from '../schema/schema.js';
import { buildProfile } from './build-profile.js';
import type { Profile } from './profile.js';

const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };

let tables: TextTables;

beforeAll(async () => {
  tables = await TextTables.open();
});
afterAll(async () => {
  await tables.close();
});

async function profileOf(
  columns: Record<string, readonly string[]>,
  types: Record<string, SemanticType>,
): Promise<Profile> {
  const path = await tables.write({ ...columns, padding: Object.values(columns)[0]!.map(() => 'x') });
  const schema = {
    columns: Object.entries(types).map(([name, type]) => ({ name, type, missingMarkers: ['', '?'] })),
  };
  return buildProfile(tables.db, path, schema, { sourceHash: 'h', control });
}

describeWithShared(
  'buildProfile on breast cancer data',
  'datasets/breast-cancer-wisconsin/data.csv',
  (csv) => {
    it('publishes no minimum, no maximum and no identifier', async () => {
      const text = readFileSync(csv, 'utf8')
        .trim()
        .replaceAll('"', '')
        .split(/\r?\n/)
        .map((line) => line.split(','));
      const [header, ...rows] = text as [string[], ...string[][]];
      const cells = Object.fromEntries(header.map((name, at) => [name, rows.map((row) => row[at]!)]));
      const typeOf = (name: string): SemanticType =>
        name === 'id' ? 'identifier' : name === 'diagnosis' ? 'category' : 'number';
      const profile = await profileOf(cells, Object.fromEntries(header.map((name) => [name, typeOf(name)])));
      expect(profile.columns).toHaveLength(32);
      expect(profile.columns[1]).toMatchObject({
        categories: [
          { value: 'B', count: 355 },
          { value: 'M', count: 210 },
        ],
      });
      for (const column of profile.columns) {
        if (column.kind !== 'numeric') continue;
        const values = cells[column.name]!.map(Number);
        expect(column.counts.length).toBeGreaterThan(20);
        expect(values.filter((value) => value <= column.edges[0]!).length).toBeGreaterThanOrEqual(10);
        const last = column.edges.at(-1)! - 1.0001 / 10 ** column.decimals;
        expect(values.filter((value) => value >= last).length).toBeGreaterThanOrEqual(10);
      }
    });
  },
);
