import { Random } from '../../src/core/random/random.js';
import { badFigures, evaluateTables } from './evaluate-files.js';
import type { CsvTable } from './evaluate-files.js';

const random = Random.fromSeed('evaluate command');
const patients = (rows = 300): CsvTable => {
  const ages = Array.from({ length: rows }, () => 20 + random.integerBelow(60));
  return {
    age: ages,
    pressure: ages.map((age) => 90 + age + random.integerBelow(10)),
    ward: ages.map((age) => (age > 50 ? 'A' : 'B')),
    dose: ages.map(() => Math.round(random.uniform() * 1e6)),
    // Three people of the table have it.
    rare: ages.map((_, row) => (row < 3 ? 'Fabry disease' : 'none')),
  };
};

describe('picketfence evaluate', () => {
  it('passes a table like the real one, with its controls beside it', async () => {
    const [real, synthetic, holdout] = [patients(), patients(), patients()];
    const { code, report } = await evaluateTables({ real, synthetic, holdout });
    expect(report?.verdict.failed).toEqual([]);
    expect(code).toBe(0);
    expect(report?.controls.map(({ control }) => control)).toEqual([
      'candidate',
      'independent columns',
      'bootstrap of the real rows',
      'holdout',
    ]);
    const quality = report!.controls.map(({ figures }) => figures[0]!.value!);
    // Drawn one by one, the columns lose the relation of age and pressure.
    expect(quality[1]).toBeLessThan(quality[0]! - 0.1);
    expect(badFigures(report)).toEqual([]);
  });

  it('fails a table whose relations are lost, and a copy of the training rows', async () => {
    const real = patients();
    const shuffled = { ...real, pressure: [...real['pressure']!].sort() };
    const lost = await evaluateTables({ real, synthetic: shuffled });
    expect(lost.report?.pairs.find(({ columns }) => columns.join() === 'age,pressure')?.usability).toBe(
      'do not use',
    );
    const copied = await evaluateTables({ real, synthetic: real, holdout: patients() });
    expect(copied.code).toBe(1);
    expect(copied.report?.verdict.failed).toContain('Rows that match no real row');
  });

  it('shows no category and no count under the smallest cell', async () => {
    const { html, jsonText, report } = await evaluateTables({ real: patients(), synthetic: patients() });
    expect(html + jsonText).not.toContain('Fabry');
    for (const { distribution } of report!.columns) {
      for (const { real, synthetic } of distribution.bars ?? [])
        for (const count of [real, synthetic])
          expect(count === 0 || (count >= 10 && count % 5 === 0)).toBe(true);
    }
  });

  it('gives the same report for the same seed', async () => {
    const tables = { real: patients(), synthetic: patients() };
    expect((await evaluateTables(tables)).jsonText).toBe((await evaluateTables(tables)).jsonText);
  });

  it.each([
    ['metadata of another shape', { columns: { age: 3 } }, 'columns.age must be an object'],
    [
      'metadata of columns that are not there',
      { columns: { height: { sdtype: 'numerical' } } },
      'lacks columns',
    ],
  ])('refuses %s in a sentence', async (_, metadata, words) => {
    const { code, complained } = await evaluateTables({
      real: patients(20),
      synthetic: patients(20),
      metadata,
    });
    expect(code).toBe(2);
    expect(complained.join()).toContain(words);
  });
});
