import { drawRows } from '../../../core/random/draw-rows.js';
import type { Random } from '../../../core/random/random.js';
import { jointAccuracy } from '../accuracy/accuracy.js';
import type { Accuracy, BothCoded } from '../accuracy/accuracy.js';
import { binningOf } from '../accuracy/binning.js';
import type { Coded } from '../pairs/coded.js';
import { gatherRows } from '../variable.js';
import type { Variable } from '../variable.js';

/** The rows of one table, by sequence and in their order within it. */
export interface OrderedTable {
  /** Of each row, in order; null belongs to no sequence. */
  readonly keys: readonly (string | null)[];
  readonly columns: ReadonlyMap<string, Variable>;
}

/** mostlyai-qa 1.10 looks at so many rows of a sequence, drawn at random. */
const rowsOfSequenceMax = 100;
/** Bins of numbers whose different values are counted within sequences. */
const fineBins = 30;
/** Categories whose sequences are counted; all others are one. */
const topCategories = 9;

/**
 * How alike sequences hang together, by mostlyai-qa 1.10: the mean of three accuracies over the columns, of the value
 * in a row and in the next one (a row drawn in each sequence), of the number of different values within a sequence, and
 * of the number of sequences in which each of nine categories occurs. The nine are the real table's most frequent ones
 * in both tables, where mostlyai-qa takes those of each. Null without a sequence of two rows, or without a column.
 */
export function coherence(real: OrderedTable, synthetic: OrderedTable, random: Random): Accuracy | null {
  const sides = [placesOf(real.keys), placesOf(synthetic.keys)] as const;
  const next = sides.map((places, at) => drawnNeighbours(places, random.fork(`next row ${at}`)));
  const kept = sides.map((places, at) =>
    places.map((rows) => drawnOf(rows, random.fork(`rows of sequences ${at}`))),
  );
  const [before, after] = next;
  const [keptReal, keptMade] = kept;
  if (!before?.rows.length || !after?.rows.length || !keptReal || !keptMade) return null;
  const found = [...real.columns].flatMap(([name, column]) => {
    const made = synthetic.columns.get(name);
    if (!made) return [];
    const fine = fineCodes(column, made);
    return [
      jointAccuracy(neighboursCoded(column, made, [before, after])),
      jointAccuracy([diversity(fine, [keptReal, keptMade])]),
      jointAccuracy([reach(fine, [keptReal, keptMade])]),
    ];
  });
  if (found.length === 0) return null;
  const mean = (part: keyof Accuracy): number =>
    found.reduce((sum, one) => sum + one[part], 0) / found.length;
  return { accuracy: mean('accuracy'), ceiling: mean('ceiling') };
}

type Places = readonly (readonly number[])[];

function placesOf(keys: OrderedTable['keys']): Places {
  const places = new Map<string, number[]>();
  keys.forEach((key, row) => {
    if (key === null) return;
    const own = places.get(key);
    if (own) own.push(row);
    else places.set(key, [row]);
  });
  return [...places.values()];
}

interface Neighbours {
  readonly rows: Int32Array;
  readonly next: Int32Array;
}

/** One row of each sequence that has another after it, and that other. */
function drawnNeighbours(places: Places, random: Random): Neighbours {
  const longer = places.filter(({ length }) => length > 1);
  const at = longer.map(({ length }) => random.integerBelow(length - 1));
  return {
    rows: Int32Array.from(longer, (rows, one) => rows[at[one] ?? 0] ?? 0),
    next: Int32Array.from(longer, (rows, one) => rows[(at[one] ?? 0) + 1] ?? 0),
  };
}

function drawnOf(rows: readonly number[], random: Random): readonly number[] {
  if (rows.length <= rowsOfSequenceMax) return rows;
  return Array.from(drawRows(rows.length, rowsOfSequenceMax, random), (at) => rows[at] ?? 0);
}

function neighboursCoded(
  real: Variable,
  made: Variable,
  [before, after]: readonly [Neighbours, Neighbours],
): BothCoded[] {
  const binning = binningOf(real);
  return (['rows', 'next'] as const).map((which) => ({
    original: binning(gatherRows(real, before[which])),
    synthetic: binning(gatherRows(made, after[which])),
  }));
}

/** Values as categories of one list: numbers in thirty bins, categories as they are, missing as one of them. */
function fineCodes(real: Variable, made: Variable): BothCoded {
  if (real.kind === 'continuous' || made.kind === 'continuous') {
    const binning = binningOf(real, false, fineBins);
    return { original: binning(real), synthetic: binning(made) };
  }
  const places = new Map(real.dictionary.map((category, code) => [category, code]));
  for (const category of made.dictionary) if (!places.has(category)) places.set(category, places.size);
  const size = places.size + 1;
  const coded = ({ codes, dictionary }: typeof real): Coded => ({
    codes: codes.map((code) => places.get(dictionary[code] ?? '') ?? size - 1),
    size,
  });
  return { original: coded(real), synthetic: coded(made) };
}

/** The number of different values within each sequence, in ten bins of the real numbers. */
function diversity(fine: BothCoded, [real, made]: readonly [Places, Places]): BothCoded {
  const counts = (places: Places, { codes }: Coded): Variable => ({
    kind: 'continuous',
    values: Float64Array.from(places, (rows) => new Set(rows.map((row) => codes[row])).size),
  });
  const [before, after] = [counts(real, fine.original), counts(made, fine.synthetic)];
  const binning = binningOf(before);
  return { original: binning(before), synthetic: binning(after) };
}

/** One entry for each sequence and each category that occurs in it. */
function reach(fine: BothCoded, [real, made]: readonly [Places, Places]): BothCoded {
  const entries = (places: Places, { codes }: Coded): number[] =>
    places.flatMap((rows) => [...new Set(rows.map((row) => codes[row] ?? 0))]);
  const counts = new Float64Array(fine.original.size);
  for (const code of entries(real, fine.original)) counts[code] = (counts[code] ?? 0) + 1;
  const top = [...counts.keys()]
    .sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || one - other)
    .slice(0, topCategories);
  const placeOf = new Map(top.map((code, place) => [code, place]));
  const pooled = (places: Places, { codes }: Coded): Coded => {
    const moved = Int32Array.from(codes, (code) => placeOf.get(code) ?? topCategories);
    const size = topCategories + 1;
    return { codes: Int32Array.from(entries(places, { codes: moved, size })), size };
  };
  return { original: pooled(real, fine.original), synthetic: pooled(made, fine.synthetic) };
}
