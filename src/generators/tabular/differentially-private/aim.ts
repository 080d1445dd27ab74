import { sumOnto, cellMap } from '../../../core/marginals/cell-map.js';
import type { Axes } from '../../../core/marginals/cell-map.js';
import { fitMarginals } from '../../../core/marginals/fit-marginals.js';
import type { FittedMarginals, Measurement } from '../../../core/marginals/fit-marginals.js';
import { isInside, junctionTree } from '../../../core/marginals/junction-tree.js';
import type { PrivacyUnits } from '../../../core/privacy/privacy-units.js';
import type { FitOptions } from '../../generator.js';
import type { NetworkColumn } from '../network/network-model.js';
import type { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import type { Random } from '../../../core/random/random.js';
import { aimCandidates } from './aim-candidates.js';
import type { Candidates } from './aim-candidates.js';
import { groupTable, measureGroups } from './grouped-table.js';
import type { GroupedTable } from './grouped-table.js';
import { drawModelSample } from './model-sample.js';
import { networkOfMarginals } from './network-of-marginals.js';
import { parsePrivateParameters, privateParametersSchema, wholeNumber } from './private-parameters.js';
import type { PrivateParameters } from './private-parameters.js';
import { privateNetwork } from './private-network.js';
import type { PrivateMethod } from './private-network.js';
import { reportStep } from './private-table.js';
import type { PrivateTable } from './private-table.js';
import { TooManyColumnsError } from './too-many-columns-error.js';

interface AimParameters extends PrivateParameters {
  /** About how many groups of cells of a column are told apart from others. */
  readonly groups: number;
  /** Columns that are measured together at most: 2 or 3. */
  readonly degree: number;
  /** Rounds that the budget would do for without annealing, for each column; 16 in the paper. */
  readonly rounds: number;
  /** Cells that the model may have in all. */
  readonly modelCells: number;
}

const columnsMax = 64;
const degreeMax = 3;
const deltaMin = 1e-12;
const numbers = {
  groups: { minimum: 2, maximum: 100, default: 24 },
  degree: { minimum: 2, maximum: degreeMax, default: 3 },
  rounds: { minimum: 1, maximum: 16, default: 4 },
  modelCells: { minimum: 1000, maximum: 1_000_000, default: 100_000 },
};
const names = ['groups', 'degree', 'rounds', 'modelCells'] as const;

/** Tenths of a round that go to choosing; the others to measuring. */
const tenthsForChoice = 1n;
const iterations = { round: 60, last: 1000 };

/**
 * Round after round: the columns that the model is most wrong about are chosen by noise, measured, and the model is
 * fitted anew; when a round tells nothing new, the next ones get more of the budget. McKenna, Mullins, Sheldon, Miklau,
 * "AIM: an adaptive and iterative mechanism for differentially private synthetic data", PVLDB 15(11), 2022. Differs
 * from it: a quarter of the rounds unless more are asked for, triples that are drawn at random for each round, and model counts from drawn rows.
 */
export const aimMethod: PrivateMethod<AimParameters> = {
  name: 'aim',
  version: '1.0.0',
  title: 'Sets of columns chosen where the model is wrong, with differential privacy (AIM)',
  schema: privateParametersSchema({
    deltaMin,
    more: Object.fromEntries(names.map((name) => [name, { type: 'integer', ...numbers[name] }])),
  }),
  parse: (given) => ({
    ...parsePrivateParameters(given, { deltaMin, more: names }),
    groups: wholeNumber(given, 'groups', { ...numbers.groups, standard: numbers.groups.default }),
    degree: wholeNumber(given, 'degree', { ...numbers.degree, standard: numbers.degree.default }),
    rounds: wholeNumber(given, 'rounds', { ...numbers.rounds, standard: numbers.rounds.default }),
    modelCells: wholeNumber(given, 'modelCells', {
      ...numbers.modelCells,
      standard: numbers.modelCells.default,
    }),
  }),
  learn: learnAim,
};

export const aim = privateNetwork(aimMethod);

async function learnAim(
  { columns, account }: PrivateTable,
  parameters: AimParameters,
  options: FitOptions,
): Promise<readonly NetworkColumn[]> {
  if (columns.length > columnsMax) throw new TooManyColumnsError(columns.length, columnsMax);
  if (columns.length === 0) return [];
  const budget = account.left;
  const ofRound = budget / BigInt(parameters.rounds * columns.length);
  const ofColumns = columns.length === 1 ? budget : BigInt(columns.length) * (ofRound - choiceOf(ofRound));
  const table = groupTable(columns, account, { rho: ofColumns, groupsMax: parameters.groups });
  await reportStep(options, 0.05);
  const shareDone = (): number => Number(((budget - account.left) * 1000n) / budget) / 1000;
  const candidates = aimCandidates(table, parameters.degree, options.random.fork('triples'));
  let state = await refitted(table, table.measured);
  let cost = ofRound;
  for (let number = 0; account.left > 0n && columns.length > 1; number += 1) {
    // A last round uses up what would not do for two more.
    if (account.left < 2n * cost) cost = account.left;
    const cellsMax = Math.max(cellsOf(state.fitted), parameters.modelCells * shareDone());
    const random = options.random.fork(`round/${number}`);
    const next = await playRound(state, { table, account, candidates, cost, cellsMax, random });
    if (next === null) break;
    state = next.state;
    if (!next.isNews) cost *= 4n;
    await reportStep(options, 0.05 + 0.85 * shareDone());
  }
  const { fitted } = await refitted(table, state.measurements, {
    before: state.fitted,
    turns: iterations.last,
    pause: (share) => reportStep(options, 0.9 + 0.1 * share),
  });
  await reportStep(options, 1);
  return networkOfMarginals(table, fitted);
}

const choiceOf = (cost: PrivacyUnits): PrivacyUnits => (cost * tenthsForChoice) / 10n;

interface AimState {
  readonly measurements: readonly Measurement[];
  readonly fitted: FittedMarginals;
}

interface Round {
  readonly table: GroupedTable;
  readonly account: PrivacyAccount;
  readonly candidates: Candidates;
  readonly cost: PrivacyUnits;
  readonly cellsMax: number;
  readonly random: Random;
}

/** Null when no columns are left that the model could take in. */
async function playRound(
  state: AimState,
  { table, account, candidates, cost, cellsMax, random }: Round,
): Promise<{ state: AimState; isNews: boolean } | null> {
  const isLast = cost === account.left;
  const forChoice = choiceOf(cost);
  const { numerator, denominator } = account.varianceFor(1, cost - forChoice);
  const sigma = Math.sqrt(Number(numerator) / Number(denominator));
  const measured = state.measurements.map(({ axes }) => axes);
  const open = candidates.within(measured, cellsMax);
  if (open.length === 0) return null;
  const sample = drawModelSample(table, state.fitted, random);
  const scores = candidates.score(open, sample, sigma);
  const sensitivity = Math.max(...open.map(({ length }) => length));
  const at = account.choose('columns to measure', scores, { sensitivity, cost: forChoice });
  const chosen = open[at] ?? [];
  // What rounding has left over goes with the last round.
  const rho = isLast ? account.left : cost - forChoice;
  const asked = { sets: [chosen], rho, purpose: 'counts of chosen columns' };
  const measurements = [...state.measurements, ...measureGroups(table, account, asked)];
  const next = await refitted(table, measurements, { before: state.fitted, turns: iterations.round });
  const { counts, drift } = sample.expectedCounts(chosen);
  const moved = distance(countsOf(next.fitted, chosen), counts) - drift;
  return { state: next, isNews: moved > Math.sqrt(2 / Math.PI) * sigma * counts.length };
}

interface Refit {
  readonly before?: FittedMarginals;
  readonly turns?: number;
  readonly pause?: (share: number) => Promise<void>;
}

async function refitted(
  { sizes, total }: GroupedTable,
  measurements: readonly Measurement[],
  { before, turns = iterations.round, pause }: Refit = {},
): Promise<AimState> {
  const tree = junctionTree(
    measurements.map(({ axes }) => axes),
    sizes,
  );
  const fitted = await fitMarginals({
    tree,
    measurements,
    total,
    iterations: turns,
    ...(before ? { potentials: before.potentials } : {}),
    ...(pause ? { pause } : {}),
  });
  return { measurements, fitted };
}

function cellsOf({ counts }: FittedMarginals): number {
  return counts.reduce((sum, table) => sum + table.length, 0);
}

/** What the law says of columns that are in one of its cliques. */
function countsOf({ tree, counts }: FittedMarginals, axes: Axes): Float64Array {
  const place = tree.cliques.findIndex((clique) => isInside(axes, clique.axes));
  const cells = axes.reduce((product, axis) => product * (tree.sizes[axis] ?? 1), 1);
  const table = counts[place] ?? new Float64Array();
  return sumOnto(table, cellMap(tree.cliques[place]?.axes ?? [], axes, tree.sizes), cells);
}

function distance(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, count, cell) => sum + Math.abs(count - (right[cell] ?? 0)), 0);
}
