import { gumbelNoise } from '../../../../core/random/quick-noise.js';
import type { Segments } from '../../../../core/tensor/ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from '../layers/pass.js';
import { placesOf, segmentsOf, widthOf } from '../transform/table-layout.js';
import type { TableLayout } from '../transform/table-layout.js';

/** Of the Gumbel softmax; the smaller, the nearer to a choice of one. */
const temperature = 0.2;

/** What the cells of a made row are: tanh for values, softmax for choices. */
export class OutputCells {
  readonly segments: Segments;
  readonly width: number;
  readonly #isValue: Float32Array;

  constructor(layout: TableLayout) {
    this.segments = segmentsOf(layout);
    this.width = widthOf(layout);
    this.#isValue = new Float32Array(this.width);
    for (const { column, start } of placesOf(layout)) if (column.kind === 'numbers') this.#isValue[start] = 1;
  }

  /** As training sees them, nearly one of the choices: Jang et al. 2017, "Categorical reparameterization with Gumbel-softmax". */
  relaxed(pass: Pass, output: Variable): Variable {
    const { rows } = output.value;
    const noise = pass.constant(rows, this.width, gumbelNoise(pass.random.fork('gumbel'), rows * this.width));
    const logits = pass.calculus.linear(pass.calculus.add(output, noise), 1 / temperature, 0);
    return this.#cells(pass, output, logits);
  }

  /** As rows are drawn from: the probability of each choice. */
  probabilities(pass: Pass, output: Variable): Variable {
    return this.#cells(pass, output, output);
  }

  #cells(pass: Pass, output: Variable, logits: Variable): Variable {
    const { calculus } = pass;
    const isValue = pass.constant(1, this.width, this.#isValue);
    const values = calculus.multiply(calculus.tanh(output), isValue);
    const choices = calculus.softmax(logits, this.segments);
    return calculus.add(values, calculus.multiply(choices, calculus.linear(isValue, -1, 1)));
  }
}
