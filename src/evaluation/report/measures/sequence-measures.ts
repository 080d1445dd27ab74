import {
  interRowMsas,
  sequenceLengthSimilarity,
  statisticMsas,
} from '../../fidelity/sequences/sequence-scores.js';
import { Random } from '../../../core/random/random.js';
import { coherence } from '../../fidelity/sequences/coherence.js';
import { meanScore, noScore } from '../../score.js';
import type { Score } from '../../score.js';
import type { MeasuredFigure, SequenceMeasure } from '../report-measure.js';
import type { SequenceColumns } from '../sequence-columns.js';

const measure = (
  rest: Pick<SequenceMeasure, 'name' | 'title' | 'meaning'>,
  score: (columns: SequenceColumns) => Score,
): SequenceMeasure => ({
  scope: 'sequence',
  section: 'relationships',
  direction: 'higher',
  range: '0 to 1',
  source: 'SDMetrics 0.29',
  ...rest,
  find: (columns) => ({ score: score(columns) }),
});

type SequenceColumn = SequenceColumns['columns'][number];

const overColumns =
  (score: (column: SequenceColumn) => Score) =>
  ({ columns }: SequenceColumns): Score =>
    meanScore(columns.map(score), 'No number column could be compared.');

/** Measures of rows that follow one another. */
export const sequenceMeasures: readonly SequenceMeasure[] = [
  {
    ...{ scope: 'sequence', section: 'relationships', direction: 'higher' },
    name: 'coherence',
    title: 'Coherence of sequences',
    range: '0 to 1',
    source: 'mostlyai-qa 1.10 (the most frequent categories of the real table in both)',
    meaning:
      'Whether a row goes with the one before it, and values stay or change within a sequence, as they really do.',
    find: ({ ordered }: SequenceColumns): MeasuredFigure => {
      const found = coherence(ordered.real, ordered.synthetic, Random.fromSeed('coherence'));
      if (!found) return { score: noScore('No sequence has two rows, or no column could be compared.') };
      return {
        score: { value: found.accuracy },
        reference: { label: 'expected of new real sequences', score: { value: found.ceiling } },
      };
    },
  },
  measure(
    {
      name: 'sequence-length-similarity',
      title: 'Lengths of sequences',
      meaning: 'Whether sequences have as many rows as the real ones.',
    },
    ({ lengths }) => sequenceLengthSimilarity(lengths.real, lengths.synthetic),
  ),
  ...(['mean', 'median', 'std', 'min', 'max'] as const).map((statistic) =>
    measure(
      {
        name: `statistic-msas-${statistic}`,
        title: `Per-sequence ${statistic}`,
        meaning: `Whether the ${statistic} within each sequence is spread as in the real data, averaged over columns.`,
      },
      overColumns(({ real, synthetic }) => statisticMsas(statistic, real, synthetic)),
    ),
  ),
  measure(
    {
      name: 'inter-row-msas',
      title: 'Changes from row to row',
      meaning:
        'Whether values change from one row of a sequence to the next as they really do, averaged over columns.',
    },
    overColumns(({ real, synthetic }) => interRowMsas(real, synthetic, { lag: 1, logarithm: false })),
  ),
];
