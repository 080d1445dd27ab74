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
}

const names = ['train', 'holdout', 'candidate'] as const;

export function sharedRows({ columns, whole }: Compared): SharedRows {
  const prints = Object.fromEntries(
    names.map((name) => [name, new RowFingerprints(whole[name].rowCount)]),
  ) as Record<TableName, RowFingerprints>;
  for (const at of columns.keys()) {
    const places = new Map<number, number>();
    for (const name of names) {
      const cells = whole[name].cells[at] ?? noCells;
      prints[name].addColumn((row) => placeOf(places, cells[row] ?? NaN));
    }
  }
  const distinct = { train: 0, holdout: 0 };
  const train = new FingerprintSet(prints.train, () => distinct.train++);
  const holdout = new FingerprintSet(prints.holdout, () => distinct.holdout++);
  const within = (set: FingerprintSet): Uint8Array =>
    Uint8Array.from(prints.candidate.high, (high, row) => +set.has(high, prints.candidate.low[row] ?? 0));
  return { inTrain: within(train), inHoldout: within(holdout), kinds: kindsOf(prints.candidate), distinct };
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
