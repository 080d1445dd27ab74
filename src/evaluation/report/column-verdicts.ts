import type { DisclosureControl } from '../../core/profile/profile.js';
import { boundaryAdherence } from '../fidelity/columns/boundary-adherence.js';
import { categoryAdherence } from '../fidelity/columns/category-adherence.js';
import { missingValueSimilarity } from '../fidelity/columns/missing-value-similarity.js';
import { shapeSimilarity } from '../fidelity/columns/shape.js';
import type { LeftOutColumn } from '../fidelity/quality/compared-table.js';
import type { ComparedVariable } from '../fidelity/quality/compared-variable.js';
import type { Score } from '../score.js';
import { distributionOf } from './distribution.js';
import type { EvaluationPolicy } from './evaluation-policy.js';
import type { ColumnVerdict } from './report.js';
import { gradeOf } from './usability.js';

export interface ColumnsToJudge {
  readonly table: string;
  readonly variables: readonly ComparedVariable[];
  readonly leftOut: readonly LeftOutColumn[];
  readonly moments: ReadonlySet<string>;
}

/** Each column of a table: may it be used, why, and how it is spread. */
export async function columnVerdicts(
  { table, variables, leftOut, moments }: ColumnsToJudge,
  policy: EvaluationPolicy,
  control: DisclosureControl,
): Promise<ColumnVerdict[]> {
  const compared: ColumnVerdict[] = [];
  for (const variable of variables) {
    const isMoment = moments.has(variable.name);
    compared.push({
      table,
      column: variable.name,
      kind: variable.kind === 'discrete' ? 'category' : isMoment ? 'date' : 'number',
      ...gradeColumn(variable, policy),
      distribution: await distributionOf(variable, isMoment, control),
    });
  }
  const others = leftOut.map(({ name, reason }): ColumnVerdict => ({
    table,
    column: name,
    kind: 'not compared',
    usability: 'do not use',
    reason: `Not compared. ${reason}`,
    figures: [],
    distribution: { bars: null, reason },
  }));
  return [...compared, ...others];
}

function gradeColumn(variable: ComparedVariable, { columns }: EvaluationPolicy): ReturnType<typeof gradeOf> {
  const { real, synthetic } = variable;
  const shape = variable.kind === 'continuous' ? 'KSComplement' : 'TVComplement';
  return gradeOf([
    {
      name: shape,
      words: 'the share of values that are spread as in the real column',
      score: shapeSimilarity(real, synthetic),
      threshold: columns.shape,
    },
    {
      name: 'MissingValueSimilarity',
      words: 'the agreement of how many values are missing',
      score: missingValueSimilarity(real, synthetic),
      threshold: columns['missing-values'],
    },
    {
      name: variable.kind === 'continuous' ? 'BoundaryAdherence' : 'CategoryAdherence',
      words: 'the share of values that keep to the real bounds or categories',
      score: adherence(variable),
      threshold: columns.adherence,
    },
  ]);
}

function adherence(variable: ComparedVariable): Score {
  return variable.kind === 'continuous'
    ? boundaryAdherence(variable.real, variable.synthetic)
    : categoryAdherence(variable.real, variable.synthetic);
}
