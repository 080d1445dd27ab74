import type { Random } from '../../core/random/random.js';
import type { BinnedFeature } from '../../core/trees/tree.js';
import { prepareColumn } from '../tabular/guards/prepare-column.js';
import type { PreparedColumn } from '../tabular/guards/prepared-column.js';
import { redrawTailsOfSubjects } from '../tabular/guards/redraw-tails.js';
import { cutTails } from '../tabular/guards/tail-bounds.js';
import type { TailGuard } from '../tabular/guards/tail-bounds.js';
import { binsFor, featureOf } from '../tabular/sequential-cart/column-bins.js';
import type { ColumnBins } from '../tabular/sequential-cart/column-bins.js';
import { fitColumn } from '../tabular/sequential-cart/fit-column.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import type { CartParameters } from '../tabular/sequential-cart/parameters.js';
import type { ArrangedTable } from './arrange-rows.js';
import { boundSubjects } from './bound-subjects.js';
import type { FieldColumn } from './field-columns.js';
import type { Field } from './plan-dataset.js';

/** Numbers of rows keep a tail, or all tables below come out too small; values of people are cut off. */
export function tailGuardOf({ kind }: Field): TailGuard {
  return kind === 'count' || kind === 'total' ? redrawTailsOfSubjects : cutTails;
}

export interface GuardedField {
  readonly prepared: PreparedColumn;
  readonly bins: ColumnBins;
  readonly feature: BinnedFeature;
}
interface BySubject {
  readonly subjects?: Int32Array;
  readonly learned?: Uint8Array;
}

/** The guards of one table: every floor counts subjects where these have several rows. */
export class Guarding {
  readonly subjects: BySubject;
  readonly #rowCount: number;
  readonly #parameters: CartParameters;
  readonly #random: Random;

  constructor(
    { plan, linked, rows }: ArrangedTable,
    { parameters, random }: { readonly parameters: CartParameters; readonly random: Random },
  ) {
    this.#rowCount = rows.rowCount;
    this.#parameters = parameters;
    this.#random = random.fork(`table/${plan.shape.name}`);
    const learned = boundSubjects(linked.unit, parameters.tailCount, this.#random.fork('learned'));
    if (plan.owners.length === 0) this.subjects = {};
    else this.subjects = { subjects: linked.unit, ...(learned ? { learned } : {}) };
  }

  prepare(field: FieldColumn, guardTails: TailGuard): GuardedField {
    return this.prepareRows(field, this.#rowCount, this.subjects, guardTails);
  }

  prepareRows(
    { schema, column }: FieldColumn,
    rowCount: number,
    subjects: BySubject,
    guardTails: TailGuard,
  ): GuardedField {
    const prepared = prepareColumn(schema, column, {
      rowCount,
      parameters: this.#parameters,
      random: this.#random.fork(schema.name).fork('tails'),
      guardTails,
      ...subjects,
    });
    const bins = binsFor(prepared, this.#parameters.bins);
    return { prepared, bins, feature: featureOf(prepared, bins, rowCount) };
  }

  fit({ prepared, bins }: GuardedField, earlier: Parameters<typeof fitColumn>[2]): ColumnModel {
    const random = this.#random.fork(prepared.schema.name).fork('trees');
    return fitColumn(prepared, bins, earlier, { parameters: this.#parameters, random });
  }
}
