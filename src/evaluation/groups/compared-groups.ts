import { disclosedCount } from '../../core/profile/disclosed-count.js';
import { poolCategories } from '../../core/profile/pool-categories.js';
import { pooledCategory } from '../../core/profile/profile.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { ProtectedColumn } from '../declared.js';
import { sourceOf } from '../context-parts.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { shapeSimilarity } from '../fidelity/columns/shape.js';
import { gatherRows, toVariable } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';
import { NotComputableError } from '../not-computable-error.js';
import { meanScore } from '../score.js';
import type { Score } from '../score.js';
import { groupsOf } from './group-of-rows.js';

/** The people of one group, in the real and in the synthetic rows. */
export interface ComparedGroup {
  readonly column: string;
  readonly group: string;
  /** Real rows as they may be published: rounded, and 0 under the floor. */
  readonly real: number;
  readonly synthetic: number;
  /** Of the published counts: the synthetic rows are known, so an exact share would give the real count away. */
  readonly realShare: number;
  readonly syntheticShare: number;
  /** Mean likeness of the other columns within the group (KSComplement, TVComplement). */
  readonly fidelity: Score;
}

type Rounding = Pick<DisclosureControl, 'cellCountMin' | 'countRounding'>;

/**
 * Every protected column's groups. A group of fewer real rows than the floor is joined with other small ones, and with
 * the smallest that is left where they are too few together, so that no figure is about a handful of people.
 * @throws {NotComputableError} when nothing is declared or a column cannot be read as groups
 */
export async function compareGroups(context: EvaluationContext, control: Rounding): Promise<ComparedGroup[]> {
  const declared = context.declared?.protectedColumns ?? [];
  if (declared.length === 0)
    throw new NotComputableError('No column is declared that says which group a row is about.');
  const variables = await otherVariables(context, new Set(declared.map(({ column }) => column)));
  const found: ComparedGroup[] = [];
  for (const column of declared) found.push(...(await groupsOfColumn(context, column, variables, control)));
  if (found.length === 0)
    throw new NotComputableError('Every group has too few real rows to say anything about.');
  return found;
}

interface BothVariables {
  readonly real: Variable;
  readonly synthetic: Variable;
}

async function otherVariables(
  context: EvaluationContext,
  left: ReadonlySet<string>,
): Promise<BothVariables[]> {
  const source = sourceOf(context);
  const found: BothVariables[] = [];
  for (const { name } of context.schema.columns) {
    if (left.has(name) || ![source, context.candidate].every(({ columnNames }) => columnNames.includes(name)))
      continue;
    const real = toVariable(await source.column(name));
    const synthetic = toVariable(await context.candidate.column(name));
    if (real && synthetic) found.push({ real, synthetic });
  }
  return found;
}

async function groupsOfColumn(
  context: EvaluationContext,
  column: ProtectedColumn,
  variables: readonly BothVariables[],
  control: Rounding,
): Promise<ComparedGroup[]> {
  const [real, synthetic] = [
    await groupsOf(sourceOf(context), column),
    await groupsOf(context.candidate, column),
  ];
  const labelOf = pooledLabels(real, control);
  if (!labelOf) return [];
  const [realRows, syntheticRows] = [rowsByLabel(real, labelOf), rowsByLabel(synthetic, labelOf)];
  // Synthetic rows of groups that the real rows do not have are shown as others.
  return [...new Set([...realRows.keys(), ...syntheticRows.keys()])].map((group) => {
    const rows = realRows.get(group) ?? new Int32Array();
    const made = syntheticRows.get(group) ?? new Int32Array();
    return {
      ...{ column: column.column, group, synthetic: made.length },
      real: disclosedCount(rows.length, control),
      realShare: disclosedCount(rows.length, control) / Math.max(1, disclosedCount(real.length, control)),
      syntheticShare: synthetic.length === 0 ? 0 : made.length / synthetic.length,
      fidelity: meanScore(
        variables.map((both) =>
          shapeSimilarity(gatherRows(both.real, rows), gatherRows(both.synthetic, made)),
        ),
        'No other column could be compared within the group.',
      ),
    };
  });
}

/** The name under which a group is reported; null when even all together are too few. */
export function pooledLabels(
  real: readonly string[],
  { cellCountMin }: Pick<Rounding, 'cellCountMin'>,
): ((group: string) => string) | null {
  const counts = new Map<string, number>();
  for (const group of real) counts.set(group, (counts.get(group) ?? 0) + 1);
  const ordered = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  // Only the floor and the number of categories matter to pooling.
  const control = { cellCountMin, categoriesMax: Infinity, countRounding: 1, tailShare: 0, binsMax: 1 };
  const pooled = poolCategories(ordered, real.length, control);
  if (!pooled) return null;
  const kept = new Set(pooled.kept.map(({ value }) => value));
  return (group) => (kept.has(group) ? group : pooledCategory);
}

export function rowsByLabel(
  groups: readonly string[],
  labelOf: (group: string) => string,
): Map<string, Int32Array> {
  const rows = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const label = labelOf(group);
    const own = rows.get(label) ?? [];
    own.push(row);
    rows.set(label, own);
  });
  return new Map([...rows].map(([label, own]) => [label, Int32Array.from(own)]));
}
