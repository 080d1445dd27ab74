import type { Value } from '../../../core/events/coded.js';
import type { Cell } from '../rows/cell-text.js';
import { booleanConcepts, noMatchingConcept, operatorConcepts } from '../vocabulary/fixed-concepts.js';
import { unitCode } from './codes-of-record.js';
import type { UsedConcepts } from './used-concepts.js';

/** What a finding is, as measurement and observation have it. */
export interface ValueCells {
  readonly number: Cell;
  readonly concept: Cell;
  readonly text: Cell;
  readonly sourceValue: Cell;
  readonly operator: Cell;
  readonly unit: UnitCells;
}

/** One object for each unit of a release, so that templates can be found by it. */
export interface UnitCells {
  readonly concept: Cell;
  readonly sourceValue: Cell;
  readonly sourceConcept: Cell;
}

const noUnit: UnitCells = { concept: null, sourceValue: null, sourceConcept: null };
const noValue: ValueCells = {
  ...{ number: null, concept: null, text: null, sourceValue: null, operator: null },
  unit: noUnit,
};

/** Turns values into cells. */
export class Values {
  readonly #units = new Map<string, UnitCells>();

  constructor(readonly concepts: UsedConcepts) {}

  cells(value: Value | undefined): ValueCells {
    switch (value?.kind) {
      case undefined:
        return noValue;
      case 'quantity': {
        const { value: number, comparator, unit, isUcum } = value.quantity;
        const operator = comparator === undefined ? null : this.concepts.mark(operatorConcepts[comparator]);
        return {
          number,
          concept: null,
          text: null,
          sourceValue: null,
          operator,
          unit: this.#unit(unit, isUcum),
        };
      }
      case 'coded': {
        const mapping = this.concepts.use(value.coded);
        const { code, display } = value.coded;
        const concept = this.concepts.standard(mapping);
        return { ...noValue, concept, text: display ?? code, sourceValue: code };
      }
      case 'text':
        return { ...noValue, text: value.text, sourceValue: value.text };
      case 'boolean': {
        const word = value.boolean ? 'true' : 'false';
        return {
          ...noValue,
          concept: this.concepts.mark(booleanConcepts[word]),
          text: word,
          sourceValue: word,
        };
      }
    }
  }

  /** No unit is NULL, one that the vocabulary does not know is 0. */
  #unit(unit: string | undefined, isUcum: boolean): UnitCells {
    if (unit === undefined || unit === '') return noUnit;
    const key = isUcum ? `UCUM ${unit}` : `source ${unit}`;
    const coded = isUcum ? unitCode(unit) : undefined;
    const mapping = coded && this.concepts.use(coded);
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    const cells: UnitCells = {
      concept: mapping ? this.concepts.standard(mapping, 'Unit') : this.concepts.mark(noMatchingConcept),
      sourceValue: unit,
      sourceConcept: mapping ? this.concepts.source(mapping) : null,
    };
    this.#units.set(key, cells);
    return cells;
  }
}
