import type { Random } from '../../../../core/random/random.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Segments } from '../../../../core/tensor/ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import { normalNoise } from '../layers/normal-noise.js';
import { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { Learner, TrainingStep } from '../training/learner.js';
import type { EncodedTable } from '../transform/encode-rows.js';
import { placesOf, segmentsOf, widthOf } from '../transform/table-layout.js';
import type { TableLayout } from '../transform/table-layout.js';
import type { VariationalWidths } from './model.js';
import { Decoder, Encoder } from './networks.js';

const adamSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 1e-5 } as const;
/** Ends of the standard deviations of values. */
const deviations = { least: Math.log(0.01), most: 0 } as const;

interface Given {
  readonly layout: TableLayout;
  readonly encoded: EncodedTable;
  readonly widths: VariationalWidths;
  readonly lossFactor: number;
}

/** Learns to make rows again from codes that are nearly standard normal: Xu et al. 2019, section 4.5. */
export class TvaeLearner implements Learner {
  readonly networks: { readonly encoder: Weights; readonly decoder: Weights };
  readonly #encoder: Encoder;
  readonly decoder: Decoder;
  readonly #segments: Segments;
  /** Where the value cells of a row stand. */
  readonly #values: readonly number[];

  constructor(
    networks: { readonly encoder: Weights; readonly decoder: Weights },
    private readonly given: Given,
  ) {
    const { layout, widths } = given;
    const places = placesOf(layout);
    this.#values = places.filter(({ column }) => column.kind === 'numbers').map(({ start }) => start);
    this.#segments = segmentsOf(layout);
    this.networks = networks;
    const width = widthOf(layout);
    this.#encoder = new Encoder(networks.encoder, width, widths);
    this.decoder = new Decoder(networks.decoder, { width, values: this.#values.length }, widths);
  }

  step({ rows, rate, random }: TrainingStep): Readonly<Record<string, number>> {
    const pass = this.#pass(true, random);
    const losses = this.rowLosses(pass, rows);
    const reconstruction = pass.calculus.mean(losses.reconstruction);
    const divergence = pass.calculus.mean(losses.divergence);
    const loss = pass.calculus.add(
      pass.calculus.linear(reconstruction, this.given.lossFactor, 0),
      divergence,
    );
    const { encoder, decoder } = this.networks;
    pass.descendAll(loss, [encoder, decoder], { ...adamSettings, rate });
    this.keepDeviations();
    const { ops } = encoder;
    return {
      reconstruction: ops.read(reconstruction.value)[0] ?? NaN,
      divergence: ops.read(divergence.value)[0] ?? NaN,
    };
  }

  validate(rows: Int32Array, random: Random): number {
    const pass = this.#pass(false, random);
    const { reconstruction, divergence } = this.rowLosses(pass, rows);
    const sum = pass.calculus.add(pass.calculus.linear(reconstruction, this.given.lossFactor, 0), divergence);
    return this.networks.encoder.ops.read(pass.calculus.mean(sum).value)[0] ?? NaN;
  }

  /** Both parts of the loss of each row, rows × 1. */
  rowLosses(
    pass: Pass,
    rows: Int32Array,
  ): { readonly reconstruction: Variable; readonly divergence: Variable } {
    const { calculus } = pass;
    const x = pass.constant(rows.length, widthOf(this.given.layout), this.#cellsOf(rows));
    const { mean, logVariance } = this.#encoder.apply(pass, x);
    const noise = normalNoise(pass, 'code', { rows: rows.length, columns: this.given.widths.latent });
    const spread = calculus.exp(calculus.linear(logVariance, 0.5, 0));
    const made = this.decoder.apply(pass, calculus.add(mean, calculus.multiply(spread, noise)));
    const likelihood = calculus.rowSums(calculus.multiply(x, calculus.logSoftmax(made, this.#segments)));
    const apart = calculus.add(calculus.exp(logVariance), calculus.square(mean));
    const divergence = calculus.rowSums(
      calculus.linear(calculus.subtract(calculus.linear(logVariance, 1, 1), apart), -0.5, 0),
    );
    const reconstruction = calculus.subtract(this.#valueLosses(pass, made, rows), likelihood);
    return { reconstruction, divergence };
  }

  /** Keeps the standard deviations of values between their ends. */
  keepDeviations(): void {
    const { ops } = this.networks.decoder;
    const { value } = this.decoder.logDeviations;
    const kept = ops.read(value).map((one) => Math.min(deviations.most, Math.max(deviations.least, one)));
    ops.write(value, kept);
  }

  /** The negative normal log-likelihood of the values that are not missing, rows × 1. */
  #valueLosses(pass: Pass, made: Variable, rows: Int32Array): Variable {
    const { calculus } = pass;
    const count = this.#values.length;
    if (count === 0) return pass.constant(rows.length, 1, new Float32Array(rows.length));
    const width = made.value.columns;
    const at = (row: number, value: number): number => row * width + (this.#values[value] ?? 0);
    const cells = Int32Array.from({ length: rows.length * count }, (_, cell) =>
      at(Math.floor(cell / count), cell % count),
    );
    const { encoded } = this.given;
    const isPresent = this.#present(rows);
    const wanted = Float32Array.from(cells, (_, cell) => {
      const row = rows[Math.floor(cell / count)] ?? 0;
      return encoded.cells[at(row, cell % count)] ?? 0;
    });
    const values = calculus.tanh(calculus.gatherCells(made, cells, rows.length, count));
    const apart = calculus.subtract(values, pass.constant(rows.length, count, wanted));
    const logs = pass.useInRows(this.decoder.logDeviations, rows.length);
    const precisions = calculus.exp(calculus.linear(logs, -2, 0));
    const squares = calculus.multiply(calculus.linear(calculus.square(apart), 0.5, 0), precisions);
    const losses = calculus.add(squares, logs);
    return calculus.rowSums(calculus.multiply(losses, pass.constant(rows.length, count, isPresent)));
  }

  /** 1 for each value cell that has a value, else 0. */
  #present(rows: Int32Array): Float32Array {
    const { layout, encoded } = this.given;
    const parts = placesOf(layout).flatMap(({ column, choices }, place) =>
      column.kind === 'numbers' ? [{ place, gap: column.missingRows > 0 ? choices - 1 : -1 }] : [],
    );
    return Float32Array.from({ length: rows.length * parts.length }, (_, cell) => {
      const part = parts[cell % parts.length];
      const row = rows[Math.floor(cell / parts.length)] ?? 0;
      return part && encoded.choices[part.place]?.[row] !== part.gap ? 1 : 0;
    });
  }

  #cellsOf(rows: Int32Array): Float32Array {
    const { cells, width } = this.given.encoded;
    const own = new Float32Array(rows.length * width);
    for (const [at, row] of rows.entries())
      own.set(cells.subarray(row * width, (row + 1) * width), at * width);
    return own;
  }

  #pass(isTraining: boolean, random: Random): Pass {
    const { encoder, decoder } = this.networks;
    const trained = isTraining ? [encoder, decoder] : [];
    return new Pass(new Calculus(encoder.ops), { trained, isTraining, random });
  }
}
