import type { Compared } from '../compared/compared.js';
import type { Excess } from '../statistics/excess.js';
import { excessOf } from '../statistics/excess.js';
import { binTables, countKeys, drawKeySets, keysOf } from './key-sets.js';

/** Of one combination: how many rows of the person's own half and how many synthetic rows have it. */
type KeyTest = (realCount: number, syntheticCount: number) => boolean;

interface KeyExcess extends Excess {
  /** Combinations of columns looked at. */
  readonly sets: number;
}

const searched = { sets: 20, width: 3 };

/** In what share of the combinations of three columns the test holds for a person learned from, and one never seen. */
export function keyExcess(compared: Compared, test: KeyTest): KeyExcess {
  const binned = binTables(compared);
  const sets = drawKeySets(compared, searched);
  const rows = compared.sampled.train.rowCount;
  const scores = { train: new Float64Array(rows), holdout: new Float64Array(rows) };
  for (const chosen of sets) {
    const synthetic = countKeys(keysOf(binned, 'candidate', chosen));
    for (const name of ['train', 'holdout'] as const) {
      const keys = keysOf(binned, name, chosen);
      const real = countKeys(keys);
      keys.forEach((key, row) => {
        if (test(real.get(key) ?? 0, synthetic.get(key) ?? 0))
          scores[name][row] = (scores[name][row] ?? 0) + 1 / sets.length;
      });
    }
  }
  return { ...excessOf(scores.train, scores.holdout), sets: sets.length };
}
