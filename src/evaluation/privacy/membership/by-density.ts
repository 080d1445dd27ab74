import { drawRows, pickRows } from '../compared/mixed-table.js';
import type { MixedTable } from '../compared/mixed-table.js';
import { privacyMeasure } from '../privacy-measure.js';
import { logDensities } from './density.js';
import { judgeScores } from './judged-curve.js';
import { pointsOf } from './points-of.js';
import { principalComponents } from './principal-components.js';

/** Kernels add up over every pair of rows; more rows than these hardly sharpen a density. */
const rowsMax = 2000;
/** In more directions than these a kernel density says nothing. */
const componentsMax = 8;

/**
 * DOMIAS (van Breugel et al., AISTATS 2023): where the candidate is denser than the population, records were learned
 * from. Log of the synthetic density minus log of the density of the held-out rows, on the principal components.
 */
export const membershipByDensity = privacyMeasure({
  name: 'membership-by-density',
  title: 'Crowded spots do not tell who was learned from',
  version: '1',
  find(compared) {
    const random = compared.random.fork('membership-by-density');
    const sample = (table: MixedTable, name: string): MixedTable => {
      const stream = random.fork(name);
      return pickRows(
        table,
        drawRows(table.rowCount, rowsMax, (row) => stream.uniformAt(row)),
      );
    };
    const encode = pointsOf(compared);
    const holdout = encode(sample(compared.sampled.holdout, 'holdout'));
    const project = principalComponents(holdout, componentsMax, random.fork('components'));
    const reference = project(holdout);
    const synthetic = project(encode(sample(compared.sampled.candidate, 'candidate')));
    const members = project(encode(sample(compared.sampled.train, 'train')));
    const score = (people: typeof members, isReference: boolean): Float64Array => {
      const population = logDensities(people, reference, isReference);
      return logDensities(people, synthetic, false).map((density, row) => density - (population[row] ?? 0));
    };
    const how = 'by where synthetic rows crowd more than real people do';
    return judgeScores(how, score(members, false), score(reference, true));
  },
});
