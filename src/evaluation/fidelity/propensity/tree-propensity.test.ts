import { Random } from '../../../core/random/random.js';
import { compareVariable } from '../quality/compared-variable.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { bothTables, discrimination, permutedPmse } from './tree-propensity.js';

const random = Random.fromSeed('tree propensity');
const rows = 400;
/** The second column has the sign of the first, or one of its own: margins are the same, the interaction is not. */
function table(seed: string, isRelated: boolean): Float64Array[] {
  const stream = random.fork(seed);
  const first = Float64Array.from({ length: rows }, () => stream.uniform() - 0.5);
  const second = first.map((value) => {
    const size = stream.uniform();
    const sign = isRelated ? Math.sign(value) : stream.uniform() < 0.5 ? -1 : 1;
    return sign * size;
  });
  return [first, second];
}
function compared(synthetic: Float64Array[]): ComparedVariable[] {
  return table('real', true).flatMap((values, at) => {
    const made = synthetic[at] ?? new Float64Array();
    return (
      compareVariable(`c${at}`, { kind: 'continuous', values }, { kind: 'continuous', values: made }) ?? []
    );
  });
}
const same = bothTables(compared(table('same law', true)), random)!;
const unrelated = bothTables(compared(table('unrelated', false)), random)!;

describe('trees that tell synthetic from real records', () => {
  it.each(['cart', 'boosting'] as const)(
    'find what chance gives in the same law, and lost relations: %s',
    (model) => {
      const ratio = ({ pmse, nullMean }: ReturnType<typeof permutedPmse>): number => pmse / nullMean;
      expect(ratio(permutedPmse(same, model, random))).toBeLessThan(1.5);
      expect(ratio(permutedPmse(unrelated, model, random))).toBeGreaterThan(2);
    },
  );

  it('tell apart records they have not seen only where the law is another', () => {
    const [none, some] = [discrimination(same, random), discrimination(unrelated, random)];
    // The error of an area of 400 against 400 is about 0.02.
    expect(Math.abs(none.auc - 0.5)).toBeLessThan(0.08);
    expect(some.auc).toBeGreaterThan(0.65);
    expect(some.specks).toBeGreaterThan(none.specks + 0.1);
    // Half of the synthetic records have the wrong sign, so a quarter of all can be told and the others not: 75 %.
    expect(some.po50).toBeGreaterThan(15);
    expect(some.po50).toBeLessThan(30);
  });

  it('say nothing of too few records or no column', () => {
    const few = compared(table('few', true)).map((one) => one);
    expect(bothTables([], random)).toBeNull();
    expect(bothTables(few, random)).not.toBeNull();
    const short = [new Float64Array(20), new Float64Array(20)];
    expect(bothTables(compared(short), random)).toBeNull();
  });
});
