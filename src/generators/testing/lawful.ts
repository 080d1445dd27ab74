import { Random } from '../../core/random/random.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { Generator, SampleOptions } from '../generator.js';
import { aProfile } from './a-profile.js';
import { aSchema, aSource } from './a-source.js';

/** A generator with an input to make rows from, so that all of them can be held to the same laws. */
export interface Lawful {
  readonly formats: readonly ColumnFormat[];
  sample(options: SampleOptions): AsyncIterable<Table>;
}

export async function lawful(generator: Generator): Promise<Lawful> {
  switch (generator.sees) {
    case 'schema':
      return {
        formats: generator.formats(aSchema),
        sample: (options) => generator.sample(aSchema, options),
      };
    case 'profile':
      return {
        formats: generator.formats(aProfile),
        sample: (options) => generator.sample(aProfile, options),
      };
    case 'rows': {
      const options = { parameters: {}, random: Random.fromSeed('42') };
      const model = await generator.fit({ schema: aSchema, rows: aSource }, options);
      return {
        formats: generator.formats(model),
        sample: (given) => generator.sample(model, given),
      };
    }
  }
}
