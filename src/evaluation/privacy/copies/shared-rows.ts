import { missingKey } from '../cell-key.js';
import type { Compared, TableName } from '../compared/compared.js';
import { noCells } from '../compared/mixed-table.js';
import { FingerprintSet } from '../fingerprint-set.js';
import { RowFingerprints } from '../row-fingerprints.js';

/** Which synthetic rows equal a real one in every column. */
export interface SharedRows {
  /** 1 where the synthetic row equals some row of the table. */
  readonly inTrain: Uint8Array;
  readonly inHoldout: Uint8Array;
  /** Equal synthetic rows have equal numbers. */
  readonly kinds: Int32Array;
  readonly distinct: { readonly train: number; readonly holdout: number };
  /** Distinct held-out rows that equal a training row. */
  readonly realPairs: number;
  /** Matches with training rows to be expected if all columns were drawn by themselves. */
  readonly expectedIfIndependent: number;
}

const names = ['train', 'holdout', 'candidate'] as const;

export function sharedRows({ columns, whole }: Compared): SharedRows {
  const prints = Object.fromEntries(
    names.map((name) => [name, new RowFingerprints(whole[name].rowCount)]),
  ) as Record<TableName, RowFingerprints>;
  const chances = new Float64Array(whole.train.rowCount).fill(whole.candidate.rowCount);
  for (const at of columns.keys()) {
    const places = new Map<number, number>();
    const asWritten = rounding(whole.candidate.cells[at] ?? noCells);
    const [train, holdout, candidate] = names.map((name) => asWritten(whole[name].cells[at] ?? noCells));
    for (const [name, cells] of Object.entries({ train, holdout, candidate }))
      prints[name as TableName].addColumn((row) => placeOf(places, cells?.[row] ?? NaN));
    multiplyShares(chances, train ?? noCells, holdout ?? noCells);
  }
  const distinct = { train: 0, holdout: 0 };
  let expectedIfIndependent = 0;
  const train = new FingerprintSet(prints.train, (row) => {
    distinct.train++;
    expectedIfIndependent += chances[row] ?? 0;
  });
  let realPairs = 0;
  const holdout = new FingerprintSet(prints.holdout, (row) => {
    distinct.holdout++;
    if (train.has(prints.holdout.high[row] ?? 0, prints.holdout.low[row] ?? 0)) realPairs++;
  });
  const within = (set: FingerprintSet): Uint8Array =>
    Uint8Array.from(prints.candidate.high, (high, row) => +set.has(high, prints.candidate.low[row] ?? 0));
  return {
    inTrain: within(train),
    inHoldout: within(holdout),
    kinds: kindsOf(prints.candidate),
    distinct,
    realPairs,
    expectedIfIndependent,
  };
}

const decimalsMax = 12;

/** To as many decimals as the candidate is written with: a copy that was only rounded is still a copy. */
function rounding(candidate: Float64Array): (cells: Float64Array) => Float64Array {
  for (let decimals = 0; decimals <= decimalsMax; decimals++) {
    const scale = 10 ** decimals;
    const rounded = (value: number): number => Math.round(value * scale) / scale;
    if (candidate.every((value) => Number.isNaN(value) || rounded(value) === value))
      return (cells) => cells.map(rounded);
  }
  return (cells) => cells;
}

/** Multiplies each training row's chance by the share of real cells in this column that equal its own. */
function multiplyShares(chances: Float64Array, train: Float64Array, holdout: Float64Array): void {
  const counts = new Map<number, number>();
  for (const cells of [train, holdout])
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  train.forEach((cell, row) => {
    chances[row] = ((chances[row] ?? 0) * (counts.get(cell) ?? 0)) / (train.length + holdout.length);
  });
}

/** Each distinct number gets the next place; a missing cell its own key. */
function placeOf(places: Map<number, number>, cell: number): number {
  if (Number.isNaN(cell)) return missingKey;
  const place = places.get(cell) ?? places.size;
  places.set(cell, place);
  return place;
}

function kindsOf({ high, low }: RowFingerprints): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(high, (word, row) => {
    const key = `${word} ${low[row] ?? 0}`;
    const kind = known.get(key) ?? known.size;
    known.set(key, kind);
    return kind;
  });
}
