import type { Random } from '../core/random/random.js';
import type { Table } from '../core/table/table.js';

export type Tier = 'STRUCTURAL' | 'LOW' | 'HIGH';

/** What a generator is allowed to see; the type of `Input` gives it no way to anything else. */
export type GeneratorInputKind = 'schema' | 'profile' | 'rows';

export interface SampleOptions {
  /** In output order; each is a column of the input. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly random: Random;
}

/**
 * Makes synthetic rows. Same input + same seed + same version = the same values, and the first n rows are the same
 * whatever the row count and the block size.
 */
export interface Generator<Input> {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly tier: Tier;
  readonly sees: GeneratorInputKind;
  /** JSON Schema of the parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Blocks of rows, in order. @throws {UnknownColumnError} when `columns` names one that the input lacks. */
  sample(input: Input, options: SampleOptions): AsyncIterable<Table>;
}
