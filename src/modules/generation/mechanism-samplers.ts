import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type {
  ProfileGenerator,
  RowsGenerator,
  SampleOptions,
  SchemaGenerator,
} from '../../generators/generator.js';
import { findGenerator } from '../../generators/generators.js';
import type { Mechanism } from '../mechanisms/index.js';
import { SourceModel } from '../models/index.js';
import { FinalJobError, MODELS, type ObjectReader, Transactions } from '../platform/index.js';
import { SourceProfile } from '../profiles/index.js';
import { Source } from '../sources/index.js';

/** A generator with what its mechanism gives it. */
export interface MechanismSampler {
  readonly formats: readonly ColumnFormat[];
  sample(options: SampleOptions): AsyncIterable<Table>;
}

/** Gives each generator what it may look at, after making sure that this is what the mechanism pins by hash. */
@Injectable()
export class MechanismSamplers {
  constructor(
    private readonly transactions: Transactions,
    @Inject(MODELS) private readonly models: ObjectReader,
  ) {}

  /** @throws {FinalJobError} when the input has changed, or the worker has another version of the generator */
  open(mechanism: Mechanism): Promise<MechanismSampler> {
    const generator = findGenerator(mechanism.generator);
    if (generator?.version !== mechanism.generatorVersion) {
      throw new FinalJobError(
        `This worker does not have version ${mechanism.generatorVersion} of the generator "${mechanism.generator}".`,
      );
    }
    switch (generator.sees) {
      case 'schema':
        return this.fromSchema(generator, mechanism);
      case 'profile':
        return this.fromProfile(generator, mechanism);
      case 'rows':
        return this.fromModel(generator, mechanism);
    }
  }

  private async fromSchema(generator: SchemaGenerator, mechanism: Mechanism): Promise<MechanismSampler> {
    const { schema } = await this.transactions.reader.findOneByOrFail(Source, { id: mechanism.sourceId });
    requirePinned(mechanism, sha256Hex(canonicalJson(schema)));
    return { formats: generator.formats(schema), sample: (options) => generator.sample(schema, options) };
  }

  private async fromProfile(generator: ProfileGenerator, mechanism: Mechanism): Promise<MechanismSampler> {
    const { state, content } = await this.transactions.reader.findOneByOrFail(SourceProfile, {
      id: mechanism.profileId ?? '',
    });
    if (state !== 'SIGNED' || !content)
      throw new FinalJobError('The profile of this mechanism is not signed.');
    requirePinned(mechanism, sha256Hex(canonicalJson(content)));
    return { formats: generator.formats(content), sample: (options) => generator.sample(content, options) };
  }

  private async fromModel(generator: RowsGenerator, mechanism: Mechanism): Promise<MechanismSampler> {
    const { state, hash } = await this.transactions.reader.findOneByOrFail(SourceModel, {
      id: mechanism.modelId ?? '',
    });
    if (state !== 'READY' || hash === null)
      throw new FinalJobError('The model of this mechanism is not ready.');
    const bytes = await buffer(await this.models.open(hash));
    requirePinned(mechanism, sha256Hex(bytes));
    const model = generator.load(bytes);
    return { formats: generator.formats(model), sample: (options) => generator.sample(model, options) };
  }
}

/** To the byte. */
function requirePinned({ inputHash }: Mechanism, found: string): void {
  if (found !== inputHash)
    throw new FinalJobError('The generator would not be given what the mechanism pins.');
}
