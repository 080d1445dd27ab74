import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareModelsCommand } from '../../src/commands/compare-models.js';
import { Random } from '../../src/core/random/random.js';
import { loadConfig } from '../../src/modules/platform/config/config.js';

const random = Random.fromSeed('compare models');
const lines = Array.from({ length: 240 }, () => {
  const age = 20 + random.integerBelow(60);
  return `${age},${90 + age + random.integerBelow(10)},${random.integerBelow(60) < age - 20 ? 'died' : 'lived'}`;
});

async function run(
  values: Readonly<Record<string, string>>,
): Promise<{ code: number; text: string; files: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-compare-'));
  const texts: string[] = [];
  const note = (line: string): void => void texts.push(line);
  try {
    const source = join(folder, 'source.csv');
    await writeFile(source, `age,pressure,outcome\n${lines.join('\n')}\n`);
    const context = { loadConfig: () => loadConfig({}), print: note, complain: note, environment: {} };
    const code = await compareModelsCommand.run(context, { source, out: join(folder, 'out'), ...values });
    const read = (name: string): Promise<string> =>
      readFile(join(folder, 'out', name), 'utf8').catch(() => '');
    return {
      code,
      text: texts.join('\n'),
      files: [await read('comparison.json'), await read('comparison.html')],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('picketfence compare-models', () => {
  it('fits the methods on half of the rows and ranks them', async () => {
    const { code, files, text } = await run({ methods: 'cart,gaussian-copula', target: 'outcome' });
    const found = JSON.parse(files[0]!) as {
      models: {
        method: string;
        fidelity: { value: number };
        failure: string | null;
        checks: { name: string }[];
      }[];
      recommendation: { method: string | null; ranking: string[] };
    };
    expect(found.models.map(({ method }) => method)).toEqual(['cart', 'gaussian-copula']);
    for (const { fidelity, failure, checks } of found.models) {
      expect(failure).toBeNull();
      expect(fidelity.value).toBeGreaterThan(0.6);
      expect(checks.map(({ name }) => name)).toContain('tstr-auc-loss');
    }
    expect(code).toBe(found.recommendation.method === null ? 1 : 0);
    expect(files[1]).toContain('<circle');
    expect(text).toContain('comparison.html');
  });

  it.each([
    ['a method that is none', { methods: 'cart,magic' }, /"magic" learns from no rows/],
    ['a target that is not there', { methods: 'cart', target: 'death' }, /--target names the column "death"/],
    ['no method', {}, /Say which source, which methods/],
  ])('refuses %s in a sentence', async (_, values, words) => {
    const { code, text } = await run(values);
    expect(code).toBe(2);
    expect(text).toMatch(words);
  });
});
