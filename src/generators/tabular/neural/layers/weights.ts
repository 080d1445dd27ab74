import type { AdamSettings, Ops, Tensor } from '../../../../core/tensor/ops.js';
import type { Random } from '../../../../core/random/random.js';

/** A matrix that training moves, with the two moments of Adam. All three are kept tensors. */
export interface Weight {
  readonly name: string;
  readonly value: Tensor;
  readonly mean: Tensor;
  readonly square: Tensor;
}

/** A matrix that training updates by a rule of its own, such as running statistics. Kept. */
export interface RunningValue {
  readonly name: string;
  readonly value: Tensor;
}

/** Values by name, such as `decoder/1/weights`. */
export type WeightValues = Readonly<Record<string, Float32Array>>;

/** All that one network learns; two networks that are trained against each other have one each. */
export class Weights {
  readonly #weights: Weight[] = [];
  readonly #running: RunningValue[] = [];
  readonly #random: Random | null;
  #adamSteps = 0;

  /** @param random what they start from, each by its name; null: from 0, as their values are set later */
  constructor(
    readonly ops: Ops,
    random: Random | null,
  ) {
    this.#random = random;
  }

  get all(): readonly Weight[] {
    return this.#weights;
  }

  /** @param draw the start of each cell, from the weight's own stream */
  add(
    name: string,
    { rows, columns }: { readonly rows: number; readonly columns: number },
    draw: (random: Random) => number,
  ): Weight {
    const random = this.#random?.fork(name);
    const size = rows * columns;
    const start = random ? Float32Array.from({ length: size }, () => draw(random)) : new Float32Array(size);
    const weight = {
      name,
      value: this.ops.keep(rows, columns, start),
      mean: this.ops.keep(rows, columns, new Float32Array(size)),
      square: this.ops.keep(rows, columns, new Float32Array(size)),
    };
    this.#weights.push(weight);
    return weight;
  }

  /** A row of running values. */
  addRunning(name: string, columns: number, start: number): RunningValue {
    const running = { name, value: this.ops.keep(1, columns, new Float32Array(columns).fill(start)) };
    this.#running.push(running);
    return running;
  }

  /** Moves every weight against its gradient; `gradients` are in the order of `all`. */
  descend(gradients: readonly Tensor[], settings: Omit<AdamSettings, 'step'>): void {
    this.#adamSteps += 1;
    for (const [index, { value, mean, square }] of this.#weights.entries()) {
      const gradient = gradients[index];
      if (gradient) this.ops.adam(value, gradient, mean, square, { ...settings, step: this.#adamSteps });
    }
  }

  /** What a model keeps: weights and running values. */
  values(): WeightValues {
    return this.#read((weight) => [[weight.name, weight.value]]);
  }

  /** @throws {RangeError} when a value is not there or has another size */
  setValues(values: WeightValues): void {
    this.#write(values, (weight) => [[weight.name, weight.value]]);
  }

  /** All that further steps depend on: the values and the state of Adam. */
  state(): WeightState {
    return { adamSteps: this.#adamSteps, values: this.values(), moments: this.#read(momentsOf) };
  }

  /** @throws {RangeError} when a value is not there or has another size */
  setState({ adamSteps, values, moments }: WeightState): void {
    this.setValues(values);
    this.#write(moments, momentsOf);
    this.#adamSteps = adamSteps;
  }

  #read(tensorsOf: TensorsOf): WeightValues {
    const tensors = [...this.#weights, ...this.#running].flatMap(tensorsOf);
    return Object.fromEntries(tensors.map(([name, tensor]) => [name, this.ops.read(tensor)]));
  }

  #write(values: WeightValues, tensorsOf: TensorsOf): void {
    for (const [name, tensor] of [...this.#weights, ...this.#running].flatMap(tensorsOf)) {
      const value = values[name];
      if (value?.length !== tensor.rows * tensor.columns)
        throw new RangeError(`"${name}" is not ${tensor.rows} x ${tensor.columns} numbers.`);
      this.ops.write(tensor, value);
    }
  }
}

export interface WeightState {
  readonly adamSteps: number;
  readonly values: WeightValues;
  readonly moments: WeightValues;
}

type TensorsOf = (weight: Weight | RunningValue) => [name: string, tensor: Tensor][];

const momentsOf: TensorsOf = (weight) =>
  'mean' in weight
    ? [
        [`${weight.name}/mean`, weight.mean],
        [`${weight.name}/square`, weight.square],
      ]
    : [];
