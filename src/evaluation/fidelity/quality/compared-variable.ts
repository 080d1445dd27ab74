import type { Coded } from '../pairs/coded.js';
import { digitize, fixedEdges, ownEdgesCodes } from '../pairs/equal-width-bins.js';
import { jointCodes } from '../pairs/joint-codes.js';
import type { ContinuousVariable, DiscreteVariable, Variable } from '../variable.js';

interface BothTables<Value> {
  readonly real: Value;
  readonly synthetic: Value;
}

interface ComparedBase {
  readonly name: string;
  /** For contingency tables: categories, or the ten bins of each table's own range. */
  readonly codes: BothTables<Coded>;
  /** Categories, or the ten bins of the real range in both tables. */
  readonly fixedCodes: BothTables<Coded>;
}

/** One column of both tables, prepared once for all its pairs. */
export type ComparedVariable =
  | (ComparedBase & { readonly kind: 'continuous' } & BothTables<ContinuousVariable>)
  | (ComparedBase & { readonly kind: 'discrete' } & BothTables<DiscreteVariable>);

/** Null when the column is of another kind in the two tables. */
export function compareVariable(name: string, real: Variable, synthetic: Variable): ComparedVariable | null {
  if (real.kind === 'continuous' && synthetic.kind === 'continuous') {
    const edges = fixedEdges(real);
    const codes = { real: ownEdgesCodes(real), synthetic: ownEdgesCodes(synthetic) };
    const fixedCodes = { real: digitize(real, edges), synthetic: digitize(synthetic, edges) };
    return { name, kind: 'continuous', real, synthetic, codes, fixedCodes };
  }
  if (real.kind === 'discrete' && synthetic.kind === 'discrete') {
    const codes = jointCodes(real, synthetic);
    return { name, kind: 'discrete', real, synthetic, codes, fixedCodes: codes };
  }
  return null;
}
