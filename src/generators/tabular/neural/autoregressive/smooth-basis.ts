import type { Random } from '../../../../core/random/random.js';
import { normalQuantile } from '../../../../core/distributions/normal.js';
import { valueCells } from '../../domain/public-domain.js';
import type { AutoregressiveColumn } from './model.js';

type Column = Pick<AutoregressiveColumn, 'groups' | 'domain'>;

/** Waves of a number at most: what is finer than that is left to the shares that the network starts from. */
const wavesMax = 20;

/**
 * Of a column of numbers the waves (functions by rows) that its groups by columns are told apart by, so that neighbouring
 * groups are alike until rows say otherwise: cosines, weaker the shorter they are, and one for "missing". Null for
 * categories, which have no order.
 */
export function smoothBasis(column: Column): { readonly waves: number; readonly cells: Float32Array } | null {
  if (column.domain.kind === 'categories') return null;
  const { size, values } = countsOf(column);
  const ofValues = Math.min(values, wavesMax);
  const waves = ofValues + (size - values);
  const cells = new Float32Array(waves * size);
  for (let wave = 0; wave < ofValues; wave += 1)
    for (let group = 0; group < values; group += 1) cells[wave * size + group] = waveAt(wave, group, values);
  if (size > values) cells[waves * size - 1] = 1;
  return { waves, cells };
}

/** The start of an embedding, code by code: of numbers their waves, of all else standard normal luck. */
export function embeddingStart(column: Column, width: number): (random: Random, place: number) => number {
  const { values } = countsOf(column);
  const isNumber = column.domain.kind === 'numbers';
  return (random, place) => {
    const [code, wave] = [Math.floor(place / width), place % width];
    return isNumber && code < values ? waveAt(wave, code, values) : normalQuantile(random.uniform());
  };
}

function waveAt(wave: number, group: number, groups: number): number {
  return Math.cos((Math.PI * (wave + 1) * (group + 0.5)) / groups) * Math.sqrt(2 / (wave + 1));
}

/** All groups, and those of values: the group of missing cells, where there is one, is the last. */
function countsOf({ groups, domain }: Column): { readonly size: number; readonly values: number } {
  const size = groups.starts.length - 1;
  const last = groups.cells[groups.starts[size - 1] ?? 0];
  return { size, values: domain.mayBeMissing && last === valueCells(domain) ? size - 1 : size };
}
