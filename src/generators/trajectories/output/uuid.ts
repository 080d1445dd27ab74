import type { Random } from '../../../core/random/random.js';

/** A UUID of version 4 that the stream, a kind and a row fix. */
export function uuidAt(random: Random, kind: number, row: number): string {
  const index = kind * 2 ** 24 + row;
  const hex = [0, 1, 2]
    .map((draw) =>
      Math.floor(random.uniformAt(index, draw) * 2 ** 48)
        .toString(16)
        .padStart(12, '0'),
    )
    .join('');
  const variant = (8 + (parseInt(hex.slice(16, 17), 16) % 4)).toString(16);
  return [
    ...[hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`],
    ...[`${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)],
  ].join('-');
}

/** Kinds of identifiers, so that none is given twice. */
export const uuidKinds = { patient: 1, encounter: 2, carePlan: 3, imagingStudy: 4, claim: 5 } as const;
