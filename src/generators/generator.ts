import type { RecordSource } from '../core/events/patient-record.js';
import type { LedgerEntry, SubjectBound } from '../core/privacy/ledger-entry.js';
import type { Profile } from '../core/profile/profile.js';
import type { Random } from '../core/random/random.js';
import type { TableSchema } from '../core/schema/schema.js';
import type { ColumnFormat } from '../core/table/column-format.js';
import type { ColumnSource } from '../core/table/column-source.js';
import type { Table } from '../core/table/table.js';

export type Tier = 'STRUCTURAL' | 'LOW' | 'HIGH';

export interface SampleOptions {
  /** In output order; each is a column of the input. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly random: Random;
}

/** What every generator says about itself; `sees` tells what it may look at, and its methods take nothing else. */
interface GeneratorFacts {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** JSON Schema of the parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * Makes synthetic rows from one input. Same input + same seed + same version = the same values, and the first n rows
 * are the same whatever the row count and the block size.
 */
interface Sampler<Input> {
  /** Blocks of rows, in order. @throws {UnknownColumnError} when `columns` names one that the input lacks. */
  sample(input: Input, options: SampleOptions): AsyncIterable<Table>;
  /** How the values of each column it can make are written, in the order of the input. */
  formats(input: Input): readonly ColumnFormat[];
}

/** Knows the public description of the columns and no statistic of any data. */
export interface SchemaGenerator extends GeneratorFacts, Sampler<TableSchema> {
  readonly sees: 'schema';
  readonly tier: 'STRUCTURAL';
}

/** Knows a signed profile. */
export interface ProfileGenerator extends GeneratorFacts, Sampler<Profile> {
  readonly sees: 'profile';
  readonly tier: 'LOW';
}

/** What `fit` learned: an artefact of the real zone, bound to its source. */
export interface FittedModel {
  /** The name of the generator that made it and alone can use it. */
  readonly generator: string;
}

export interface FitInput {
  /** The columns to model, none of them an identifier or free text. */
  readonly schema: TableSchema;
  readonly rows: ColumnSource;
}

/** Where unfinished learning is kept, so that it can go on after its process has died. Real data: kept as models are. */
export interface Checkpoints {
  /** What was saved last; null when there is nothing. */
  load(): Promise<Uint8Array | null>;
  /** Replaces what was saved before, all of it or not at all. */
  save(bytes: Uint8Array): Promise<void>;
}

export interface FitOptions {
  /** As the generator's `parameters` describe them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly random: Random;
  /** Looked at between columns. */
  readonly signal?: AbortSignal;
  /** Share of the work done, from 0 to 1, never falling. */
  readonly onProgress?: (share: number) => void;
  /** For generators that take long: learning that goes on from a checkpoint gives the same bytes as learning in one go. */
  readonly checkpoints?: Checkpoints;
}

/** A known cell: a number, days or milliseconds since 1970, a category, or null for missing. */
export type KnownCell = number | string | null;

/** Any number from `low` to `high`, both included; for columns of numbers, dates and datetimes. */
export interface CellRange {
  readonly low: number;
  readonly high: number;
}

export type Condition = KnownCell | CellRange;

export interface ConditionalSampleOptions extends SampleOptions {
  /** Cells that every row shall have. @see RowsGenerator.sample */
  readonly conditions?: ReadonlyMap<string, Condition>;
}

/** What a generator with differential privacy says of it; the others have none. */
interface DifferentialPrivacy<Model extends FittedModel = FittedModel> {
  readonly neighbours: SubjectBound['neighbours'];
  /** What learning the model has cost, for the ledger of its source. Learning again costs again. */
  spent(model: Model): readonly LedgerEntry[];
}

/** Learns from real rows. What is learned can be kept as bytes; only the generator itself gives it a meaning. */
export interface RowsGenerator<Model extends FittedModel = FittedModel> extends GeneratorFacts {
  readonly sees: 'rows';
  readonly tier: 'HIGH';
  /** Given: learning draws its noise from the operating system, so that no two models of the same rows are equal. */
  readonly privacy?: DifferentialPrivacy<Model>;
  /** @throws the signal's reason when aborted; a named refusal when the parameters or the rows do not do. */
  fit(input: FitInput, options: FitOptions): Promise<Model>;
  /** Equal models, equal bytes. */
  save(model: Model): Uint8Array;
  /** @throws {ModelFormatError} with the place, when the bytes are not a model of this generator and version. */
  load(bytes: Uint8Array): Model;
  /**
   * Blocks of rows, in order, with every condition met in every row.
   * @throws {UnknownColumnError} when `columns` or `conditions` name one that the model lacks
   * @throws {ConditionError} when the conditions cannot be met by every row; never fewer rows in silence
   */
  sample(model: Model, options: ConditionalSampleOptions): AsyncIterable<Table>;
  /** How the values of each column it can make are written, in the order of the schema. */
  formats(model: Model): readonly ColumnFormat[];
}

/** How many lives, and by whose luck. */
export interface SimulateOptions {
  readonly persons: number;
  /** As the generator's `parameters` describe them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly random: Random;
  /** Looked at between persons. */
  readonly signal?: AbortSignal;
  /** Persons that are done. */
  readonly onProgress?: (persons: number) => void;
}

/**
 * Knows clinical rules and no data at all. What it makes are not rows but records of persons; person k is the same
 * whatever their number.
 */
export interface RulesGenerator extends GeneratorFacts {
  readonly sees: 'rules';
  readonly tier: 'STRUCTURAL';
  /** SHA-256 over every rule. */
  hash(folders: RuleFolders): Promise<string>;
  /** @throws a named refusal when the rules are broken or leave nobody to simulate */
  simulate(folders: RuleFolders, options: SimulateOptions): Promise<SimulatedRecords>;
}

/** Where rules come from: the content of the program, and the modules over it. */
export interface RuleFolders {
  readonly contentFolder: string;
  /** Later ones over earlier ones. */
  readonly modules: readonly string[];
}

export interface SimulatedRecords extends RecordSource {
  readonly country: 'GB' | 'US';
  /** The day on which the lives end (ms since 1970 in UTC). */
  readonly end: number;
}

/** Makes tables. Told apart by `sees`. */
export type Generator = SchemaGenerator | ProfileGenerator | RowsGenerator;

/** Whatever a mechanism may name. */
export type AnyGenerator = Generator | RulesGenerator;
