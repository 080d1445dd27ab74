import type { ColumnFormat } from '../../core/table/column-format.js';
import type { FitOptions, FittedModel, Tier } from '../generator.js';
import { packModel } from '../model-file/model-bytes.js';
import { cartParametersSchema } from '../tabular/sequential-cart/parameters.js';
import type { Dataset } from './dataset.js';
import { fitRelational } from './fit-relational.js';
import { loadRelationalModel } from './load-model.js';
import { generatorName, generatorVersion } from './model.js';
import type { RelationalModel } from './model.js';
import { relationalFormats, sampleRelational } from './sample-relational.js';
import type { DatasetBlock, DatasetSampleOptions } from './sample-relational.js';

/** Learns from several tables whose rows belong together. */
export interface DatasetGenerator<Model extends FittedModel = FittedModel> {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly tier: Tier;
  readonly sees: 'tables';
  /** JSON Schema of the parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** @throws the signal's reason when aborted; {RelationalError} when the tables do not fit together */
  fit(dataset: Dataset, options: FitOptions): Promise<Model>;
  /** Equal models, equal bytes. */
  save(model: Model): Uint8Array;
  /** @throws {ModelFormatError} with the place */
  load(bytes: Uint8Array): Model;
  /** Blocks of rows of all tables. The first subjects are the same however many are asked for. */
  sample(model: Model, options: DatasetSampleOptions): AsyncIterable<DatasetBlock>;
  /** How the columns of each table are written. */
  formats(model: Model): ReadonlyMap<string, readonly ColumnFormat[]>;
}

const subjectsPerBlock = 256;

/** Trees on the rows above, the row before and the columns so far, with guards that count subjects. */
export const relationalTrees: DatasetGenerator<RelationalModel> = {
  name: generatorName,
  version: generatorVersion,
  title: 'Parent-conditioned sequential trees for related tables and sequences',
  tier: 'HIGH',
  sees: 'tables',
  parameters: cartParametersSchema,
  fit: fitRelational,
  save: packModel,
  load: loadRelationalModel,
  sample: (model, options) => sampleRelational(model, options, subjectsPerBlock),
  formats: relationalFormats,
};
