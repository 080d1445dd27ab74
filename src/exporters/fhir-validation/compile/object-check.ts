import { isFields, kindOf, type Check, type Fields, type Run } from './run.js';

/** What may stand under one name of an object. */
export interface Property {
  readonly look: (value: unknown, run: Run, parent: Fields) => void;
  /** A bit for each choice of the object; 0: not one of a choice. */
  readonly choice: number;
  /** Whether it gives the object content: an id alone does not (ele-1). */
  readonly isContent: boolean;
}

/** An element that has to be there, under one of its names. */
export interface RequiredElement {
  readonly name: string;
  readonly keys: readonly string[];
}

/** One of the standard's invariants as code. */
export interface ObjectRule {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly holds: (fields: Fields) => boolean;
}

/** The check of one type, or of one element with elements of its own. Filled after it is made: types refer to each other. */
export class ObjectCheck {
  readonly properties = new Map<string, Property>();
  readonly required: RequiredElement[] = [];
  readonly rules: ObjectRule[] = [];
  /** Looks at the object as a whole, when its properties have been. */
  readonly wholes: ((fields: Fields, run: Run) => void)[] = [];

  constructor(
    readonly name: string,
    /** Beside a primitive value an empty object says nothing, but does no harm. */
    private readonly isBesideValue = false,
  ) {}

  readonly check: Check = (value, run) => {
    if (isFields(value)) this.checkFields(value, run);
    else run.fail(value === null ? 'null' : 'type', `is ${kindOf(value)}, not an object (${this.name})`);
  };

  private checkFields(fields: Fields, run: Run): void {
    let isEmpty = true;
    let choices = 0;
    for (const key in fields) {
      const value = fields[key];
      if (value === undefined) continue;
      const property = this.properties.get(key);
      run.steps[run.depth] = key;
      run.depth += 1;
      if (property === undefined) {
        run.fail('unknown-element', `is not an element of ${this.name}`);
        isEmpty = false;
      } else {
        if (property.isContent || this.isBesideValue) isEmpty = false;
        if ((choices & property.choice) !== 0) run.fail('choice', 'is a second value of a choice');
        choices |= property.choice;
        property.look(value, run, fields);
      }
      run.depth -= 1;
    }
    if (isEmpty) run.add(this.isBesideValue ? 'warning' : 'error', 'empty', 'has no content', 'ele-1');
    this.checkWhole(fields, run);
  }

  private checkWhole(fields: Fields, run: Run): void {
    for (const { name, keys } of this.required)
      if (!isThere(fields, keys)) run.fail('cardinality', `has no ${name}, which is required`);
    for (const { key, severity, human, holds } of this.rules)
      if (!holds(fields)) run.add(severity, 'invariant', human, key);
    for (const whole of this.wholes) whole(fields, run);
  }
}

function isThere(fields: Fields, keys: readonly string[]): boolean {
  for (const key of keys) if (fields[key] !== undefined) return true;
  return false;
}
