import type { Coded } from '../pairs/coded.js';
import { countsByCategory } from '../columns/shape.js';
import type { ContinuousVariable, DiscreteVariable, Variable } from '../variable.js';
import { rankEdges } from './rank-edges.js';

/** Cuts any table's column the way the original was cut; "missing" is the last code. */
export type Binning = (variable: Variable) => Coded;

/** What mostlyai-qa 1.10 cuts a column into. */
const binCount = 10;
/** A category with fewer records is pooled. */
const categoryCountMin = 5;

/** `isMoment` says that the numbers are nanoseconds since 1970; `wanted` is how many bins numbers are cut into. */
export function binningOf(original: Variable, isMoment = false, wanted = binCount): Binning {
  if (original.kind === 'discrete') return categoryBinning(original);
  const edges = rankEdges(original, { bins: wanted, floored: !isMoment });
  // The last edge closes the last bin where the column was cut by rank.
  const bins = edges.length > wanted ? edges.length - 1 : edges.length;
  return (variable) =>
    variable.kind === 'continuous'
      ? { codes: binCodes(variable, edges, bins), size: bins + 1 }
      : { codes: new Int32Array(variable.codes.length).fill(bins), size: bins + 1 };
}

/** Values below the first edge are in the first bin, those beyond the last in the last. */
function binCodes({ values }: ContinuousVariable, edges: Float64Array, bins: number): Int32Array {
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? NaN;
    let code = value === value ? 0 : bins;
    while (code < bins - 1 && (edges[code + 1] ?? Infinity) <= value) code += 1;
    codes[row] = code;
  }
  return codes;
}

/** The ten most frequent categories with enough records; all others are one. */
function categoryBinning(original: DiscreteVariable): Binning {
  const kept = [...countsByCategory(original)]
    .filter(([, count]) => count >= categoryCountMin)
    .sort(([name, count], [other, otherCount]) => otherCount - count || (name < other ? -1 : 1))
    .slice(0, binCount);
  const places = new Map(kept.map(([name], place) => [name, place]));
  const [other, missing] = [kept.length, kept.length + 1];
  return (variable) => {
    if (variable.kind === 'continuous')
      return { codes: new Int32Array(variable.values.length).fill(other), size: missing + 1 };
    const place = Int32Array.from(variable.dictionary, (name) => places.get(name) ?? other);
    const codes = variable.codes.map((code) => (code < 0 ? missing : (place[code] ?? other)));
    return { codes, size: missing + 1 };
  };
}
