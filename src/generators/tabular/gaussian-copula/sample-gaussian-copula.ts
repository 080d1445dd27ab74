import { normalCdf, normalQuantile } from '../../../core/distributions/normal.js';
import type { Random } from '../../../core/random/random.js';
import { requireColumns } from '../../../core/schema/unknown-column-error.js';
import type { Column, Table } from '../../../core/table/table.js';
import type { ConditionalSampleOptions } from '../../generator.js';
import { requireRowCount, rowBlocks } from '../../row-blocks.js';
import type { RowRange } from '../column-sampler.js';
import { BlockWriter } from './block-writer.js';
import { mixtureOf } from './components.js';
import type { Component, Mixture } from './components.js';
import { drawInside } from './latent-law.js';
import type { GaussianCopulaModel } from './model.js';

/** A new kind of draw gets a new number, so that the old values stay as they are. */
const draws = { value: 0, missing: 1 } as const;

/**
 * The same rows whatever the size of a block. Conditions are met exactly: the normals of the columns with known cells
 * are drawn between the ends that those cells have, and all others given them.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleGaussianCopula(
  model: GaussianCopulaModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  const names = model.columns.map(({ name }) => name);
  requireColumns([...columns, ...conditions.keys()], names);
  const mixture = mixtureOf(model, conditions, random.fork('probability'));
  const streams: Streams = {
    component: random.fork('component'),
    conditions: random.fork('conditions'),
    latents: [...names.map((name) => random.fork(`column/${name}`)), random.fork('pattern')],
  };
  const asked = columns.map((name) => names.indexOf(name));
  return rowBlocks(rows, rowsPerBlock, (range) => {
    const made = drawBlock(model, mixture, { asked, range, streams });
    return new Map(made.map((column, index) => [columns[index] ?? '', column]));
  });
}

interface Streams {
  readonly component: Random;
  readonly conditions: Random;
  /** One for each column, named for it, and one for the pattern of what is missing. */
  readonly latents: readonly Random[];
}

interface Drawing {
  readonly asked: readonly number[];
  readonly range: RowRange;
  readonly streams: Streams;
}

function drawBlock(
  model: GaussianCopulaModel,
  mixture: Mixture,
  { asked, range, streams }: Drawing,
): readonly Column[] {
  const writer = new BlockWriter(model, mixture.restrictions, { asked, rows: range.count });
  const normals = new Float64Array(streams.latents.length);
  const uniforms = new Float64Array(streams.latents.length);
  for (let offset = 0; offset < range.count; offset += 1) {
    const row = range.start + offset;
    const component = componentOf(mixture, streams.component, row);
    if (!component) continue;
    drawUniforms(component, row, { streams, normals, uniforms });
    writer.write(offset, component, {
      uniforms,
      missing: (place) => streams.latents[place]?.uniformAt(row, draws.missing) ?? 1,
    });
  }
  return writer.columns();
}

function componentOf(
  { components, cumulative }: Mixture,
  random: Random,
  row: number,
): Component | undefined {
  if (components.length === 1) return components[0];
  const uniform = random.uniformAt(row);
  const found = cumulative.findIndex((end) => uniform < end);
  return components[found < 0 ? components.length - 1 : found];
}

/** The probability of each latent, in the model's order. */
function drawUniforms(
  { law }: Component,
  row: number,
  { streams, normals, uniforms }: { streams: Streams; normals: Float64Array; uniforms: Float64Array },
): void {
  const { order, factor, ends } = law;
  const { size, values } = factor;
  for (let place = ends.length; place < size; place += 1) {
    const stream = streams.latents[order[place] ?? 0];
    normals[place] = normalQuantile(stream?.uniformAt(row, draws.value) ?? 0.5);
  }
  if (ends.length > 0) drawInside(law, normals, (draw) => streams.conditions.uniformAt(row, draw));
  for (let place = 0; place < size; place += 1) {
    let sum = 0;
    for (let k = 0; k <= place; k += 1) sum += (values[place * size + k] ?? 0) * (normals[k] ?? 0);
    uniforms[order[place] ?? 0] = normalCdf(sum);
  }
}
