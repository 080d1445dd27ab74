import { tableCells } from '../../../core/marginals/cell-map.js';
import type { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import type { PrivacyUnits } from '../../../core/privacy/privacy-units.js';
import type { FitOptions } from '../../generator.js';
import { growNetwork } from '../bayesian-network/grow-network.js';
import type { Family } from '../bayesian-network/grow-network.js';
import { cumulativeRows } from '../network/network-model.js';
import type { NetworkColumn } from '../network/network-model.js';
import { familyDistance } from './family-distance.js';
import { groupTable, measureGroups } from './grouped-table.js';
import type { GroupedTable } from './grouped-table.js';
import { nearestCounts } from './nearest-counts.js';
import { parsePrivateParameters, privateParametersSchema, wholeNumber } from './private-parameters.js';
import type { PrivateParameters } from './private-parameters.js';
import { privateNetwork } from './private-network.js';
import type { PrivateMethod } from './private-network.js';
import { reportStep } from './private-table.js';
import type { PrivateTable } from './private-table.js';
import { TooManyColumnsError } from './too-many-columns-error.js';

interface PrivateBayesianNetworkParameters extends PrivateParameters {
  /** Columns that a column is drawn given at most. */
  readonly degree: number;
  /** About how many groups of cells of a column are told apart from others. */
  readonly groups: number;
}

const columnsMax = 128;
const deltaMin = 1e-12;
const numbers = {
  degree: { minimum: 1, maximum: 4, default: 2 },
  groups: { minimum: 2, maximum: 100, default: 24 },
};
const names = ['degree', 'groups'] as const;
/** Of the budget, in fifths; the rest is for the tables of the families. */
const fifths = { columns: 1n, choices: 1n };
/** A second parent is taken where a cell of the table has in the mean so many times the noise (theta of PrivBayes). */
const usefulness = 4;
/** Shares of a combination whose count is below this many standard deviations of its noise are those of the column. */
const standingOut = 3;

/**
 * The correlated mode of DataSynthesizer with its accounting repaired: noisy counts of every column, parents chosen by
 * the exponential mechanism, one noisy table of each column with its parents, and nothing else looked at. Zhang,
 * Cormode, Procopiuc, Srivastava, Xiao, "PrivBayes", ACM TODS 42(4), 2017, with Gaussian noise, a distance for a score
 * and parents chosen one by one.
 */
export const privateBayesianNetworkMethod: PrivateMethod<PrivateBayesianNetworkParameters> = {
  name: 'dp-bayesian-network',
  version: '1.0.0',
  title: 'Bayesian network of bounded degree, with differential privacy (PrivBayes)',
  schema: privateParametersSchema({
    deltaMin,
    more: Object.fromEntries(names.map((name) => [name, { type: 'integer', ...numbers[name] }])),
  }),
  parse: (given) => ({
    ...parsePrivateParameters(given, { deltaMin, more: names }),
    degree: wholeNumber(given, 'degree', { ...numbers.degree, standard: numbers.degree.default }),
    groups: wholeNumber(given, 'groups', { ...numbers.groups, standard: numbers.groups.default }),
  }),
  learn: learnPrivateNetwork,
};

export const privateBayesianNetwork = privateNetwork(privateBayesianNetworkMethod);

async function learnPrivateNetwork(
  { columns, account }: PrivateTable,
  parameters: PrivateBayesianNetworkParameters,
  options: FitOptions,
): Promise<readonly NetworkColumn[]> {
  if (columns.length > columnsMax) throw new TooManyColumnsError(columns.length, columnsMax);
  if (columns.length === 0) return [];
  const fifth = account.left / 5n;
  const ofColumns = columns.length === 1 ? account.left : fifths.columns * fifth;
  const table = groupTable(columns, account, { rho: ofColumns, groupsMax: parameters.groups });
  await reportStep(options, 0.1);
  const shares = table.measured.map(({ counts }) =>
    nearestCounts(counts, table.total).map((c) => c / table.total),
  );
  const choices = { rho: fifths.choices * fifth, degree: parameters.degree };
  const families = await chooseFamilies({ table, account, shares }, choices, options);
  const given = families.filter(({ parents }) => parents.length > 0);
  const measured = measureGroups(table, account, {
    sets: given.map(({ child, parents }) => [...parents, child]),
    rho: account.left,
    purpose: `counts of ${given.length} columns with their parents`,
  });
  await reportStep(options, 1);
  const tables = new Map(given.map((family, at) => [family, measured[at]]));
  return families.flatMap((family) =>
    networkColumn(table, family, { families, shares, measured: tables.get(family) }),
  );
}

interface Learning {
  readonly table: GroupedTable;
  readonly account: PrivacyAccount;
  /** Of the groups of each column, by noisy counts. */
  readonly shares: readonly Float64Array[];
}

async function chooseFamilies(
  { table, account, shares }: Learning,
  { rho, degree }: { readonly rho: PrivacyUnits; readonly degree: number },
  options: FitOptions,
): Promise<Family[]> {
  const count = table.columns.length;
  const cost = rho / BigInt(Math.max(1, (count - 1) * degree));
  // Known before anything is chosen: the noise that the tables will get, were no more left than is set aside for them.
  const { numerator, denominator } = account.varianceFor(count - 1, account.left - rho || 1n);
  const sigma = Math.sqrt(Number(numerator) / Number(denominator));
  const cellsMax = table.total / (usefulness * sigma);
  const known = new Map<string, number>();
  const scoreOf = (family: Family): number => {
    const key = `${family.child} ${[...family.parents].sort((a, b) => a - b).join()}`;
    const score = known.get(key) ?? familyDistance(table, family, shares[family.child] ?? new Float64Array());
    known.set(key, score);
    return score;
  };
  return growNetwork(count, {
    root: options.random.fork('root').integerBelow(count),
    degree,
    // A column of one group tells nothing.
    fits: ({ child, parents }) =>
      (table.sizes[parents.at(-1) ?? 0] ?? 1) > 1 && tableCells([child, ...parents], table.sizes) <= cellsMax,
    pick: (candidates) => {
      const asked = { sensitivity: 1, cost };
      return candidates[account.choose('a parent of a column', candidates.map(scoreOf), asked)] ?? null;
    },
    pause: (share) => reportStep(options, 0.1 + 0.8 * share),
  });
}

interface Learned {
  readonly families: readonly Family[];
  readonly shares: readonly Float64Array[];
  readonly measured: { readonly counts: Float64Array; readonly variances: Float64Array } | undefined;
}

/** Looks at nothing but what is paid for. */
function networkColumn(
  { columns, sizes }: GroupedTable,
  { child, parents }: Family,
  { families, shares, measured }: Learned,
): NetworkColumn[] {
  const grouped = columns[child];
  if (!grouped) return [];
  const { schema, domain } = grouped.column;
  const width = sizes[child] ?? 1;
  const alone = shares[child] ?? new Float64Array(width);
  const counts = measured?.counts ?? alone;
  const sigma = Math.sqrt(measured?.variances[0] ?? 0);
  const nearest = new Float64Array(counts.length);
  for (let start = 0; start < counts.length; start += width) {
    const own = counts.slice(start, start + width);
    const rows = own.reduce((sum, count) => sum + count, 0);
    const isTold = rows > 0 && rows >= standingOut * sigma * Math.sqrt(width);
    nearest.set(isTold ? nearestCounts(own, rows) : alone, start);
  }
  return [
    {
      name: schema.name,
      type: schema.type,
      domain,
      groups: grouped.groups,
      parents: parents.map((parent) => families.findIndex((family) => family.child === parent)),
      cumulative: cumulativeRows(nearest, width),
    },
  ];
}
