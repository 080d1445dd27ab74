import type { BothCoded } from '../../fidelity/accuracy/accuracy.js';
import { tableAccuracy } from '../../fidelity/accuracy/table-accuracy.js';
import { associationDifferences } from '../../fidelity/similarity/associations.js';
import type { AssociationKind } from '../../fidelity/similarity/associations.js';
import { multivariateHellinger } from '../../fidelity/similarity/multivariate-hellinger.js';
import { voasWilliamson } from '../../fidelity/similarity/voas-williamson.js';
import { equivalentShare, kMarginal } from '../../fidelity/similarity/k-marginal.js';
import { meanScore, notApplicable, scoreOf } from '../../score.js';
import type { MeasuredFigure, TableMeasure } from '../report-measure.js';
import type { TableComparison } from '../table-comparison.js';

type Described = Omit<TableMeasure, 'scope' | 'section'> & Partial<Pick<TableMeasure, 'section'>>;
const measure = (rest: Described): TableMeasure => ({ scope: 'table', section: 'whole records', ...rest });

const qa = 'mostlyai-qa 1.10';
const ceilingLabel = 'real records of that number, never seen before';

function accuracyFigure(which: 'univariate' | 'bivariate' | 'trivariate') {
  return (table: TableComparison): MeasuredFigure => {
    const found = tableAccuracy(table.coded(), which, table.random.fork('triples'));
    return { score: found.accuracy, reference: { label: ceilingLabel, score: found.ceiling } };
  };
}

function differenceMeasures(kind: AssociationKind, title: string, of: string): TableMeasure[] {
  const figure =
    (pick: (sizes: readonly number[]) => number) =>
    (table: TableComparison): MeasuredFigure => {
      const sizes = associationDifferences(table.associations(), kind).map(Math.abs);
      return {
        score: sizes.length === 0 ? notApplicable(`No pair of columns has ${of}.`) : scoreOf(pick(sizes)),
      };
    };
  const shared = { section: 'pairs', direction: 'lower', source: 'UCLH framework, Annex 3' } as const;
  const range = kind === 'correlation' ? '0 to 2' : '0 to 1';
  return [
    measure({
      ...shared,
      name: `${kind}-difference`,
      title: `${title}: mean difference`,
      range,
      meaning: `How far ${of} of a pair is from the real one, on average over the pairs; 0 is the same.`,
      find: figure((sizes) => sizes.reduce((sum, size) => sum + size, 0) / sizes.length),
    }),
    measure({
      ...shared,
      name: `${kind}-difference-max`,
      title: `${title}: largest difference`,
      range,
      meaning: `The pair whose ${of} is furthest from the real one.`,
      find: figure((sizes) => sizes.reduce((most, size) => Math.max(most, size), 0)),
    }),
  ];
}

/** Measures of how columns go together. */
export const jointMeasures: readonly TableMeasure[] = [
  measure({
    name: 'accuracy-univariate',
    title: 'Accuracy of single columns',
    section: 'columns',
    direction: 'higher',
    range: '0 to 1',
    source: qa,
    meaning:
      'How alike the shares of ten groups of values are in each column, beside what new real records would reach.',
    find: accuracyFigure('univariate'),
  }),
  measure({
    name: 'accuracy-bivariate',
    title: 'Accuracy of pairs',
    section: 'headline',
    isControlled: true,
    direction: 'higher',
    range: '0 to 1',
    source: qa,
    meaning:
      'How alike the shares of all combinations of two columns are, beside what new real records would reach.',
    find: accuracyFigure('bivariate'),
  }),
  measure({
    name: 'accuracy-trivariate',
    title: 'Accuracy of triples',
    direction: 'higher',
    range: '0 to 1',
    source: qa,
    meaning:
      'How alike the shares of all combinations of three columns are, beside what new real records would reach.',
    find: accuracyFigure('trivariate'),
  }),
  measure({
    name: 'k-marginal',
    title: 'k-marginal score',
    direction: 'higher',
    isControlled: true,
    range: '0 to 1000',
    source: 'NIST SDNist 2.5 (numbers cut at the real deciles)',
    meaning: 'Alikeness of all pairs of columns on a scale of 1000.',
    find: (table) => ({ score: kMarginal(table.coded()) }),
  }),
  measure({
    name: 'equivalent-subsample',
    title: 'Equivalent sub-sample',
    direction: 'higher',
    range: '0 to 1',
    source: 'NIST SDNist 2.5',
    meaning:
      'The synthetic pairs are as close to the real data as a random sample of this share of it would be.',
    find: (table) => ({ score: equivalentShare(table.coded(), table.random.fork('sub-samples')) }),
  }),
  measure({
    name: 'multivariate-hellinger',
    title: 'Multivariate Hellinger distance',
    section: 'headline',
    isControlled: true,
    direction: 'lower',
    range: '0 to 1',
    source: 'El Emam et al. 2022, JMIR Medical Informatics',
    meaning: 'How far apart the dependences among all columns are; 0 is the same.',
    find: (table) => ({ score: multivariateHellinger(table.variables) }),
  }),
  ...differenceMeasures('correlation', 'Correlation of numbers', 'correlation'),
  ...differenceMeasures('cramers-v', "Cramer's V of categories", "Cramer's V"),
  ...differenceMeasures(
    'correlation-ratio',
    'Correlation ratio of a number and a category',
    'correlation ratio',
  ),
  measure({
    name: 'voas-williamson',
    title: 'Voas-Williamson statistic',
    section: 'pairs',
    direction: 'near-reference',
    range: '0 and more',
    source: 'Voas and Williamson 2001; Raab et al. 2021',
    meaning:
      'Differences of the tables of two columns in units of chance: 1 is what drawing from the real shares gives.',
    find: (table) => ({
      score: meanScore(
        pairsOf(table.coded()).map((pair) => scoreOf(voasWilliamson(pair))),
        'There are too few columns.',
      ),
      reference: { label: 'drawn from the real shares', score: { value: 1 } },
    }),
  }),
];

function pairsOf(columns: readonly BothCoded[]): BothCoded[][] {
  return columns.flatMap((first, at) => columns.slice(at + 1).map((second) => [first, second]));
}
