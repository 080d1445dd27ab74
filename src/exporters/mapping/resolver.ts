import type { Coded, Quantity, Value } from '../../core/events/coded.js';
import type { Encounter } from '../../core/events/encounter.js';
import type { Moment, Precision } from '../../core/events/moment.js';
import { msPerDay } from '../../core/time/units.js';
import type { BoundTable } from './bind-tables.js';
import type { Cells } from './cells.js';
import type {
  CodeSource,
  Comparator,
  Condition,
  Mapping,
  MomentSource,
  Rule,
  Span,
  ValueMap,
  ValueSource,
} from './mapping.js';
import { latest, parseDay, parseTime, parseYear, yearMoment } from './moments.js';
import { codeSystemUri } from './named-system.js';
import { countValue } from './tally.js';
import type { Tally } from './tally.js';
import { pathText } from './yaml-places.js';
import type { Path } from './yaml-places.js';

/** What is known when something is read from a row. */
export interface RowContext {
  /** From 0. */
  readonly row: number;
  readonly birth: Moment;
  readonly moments: ReadonlyMap<string, Moment>;
  /** Of the row, where rows are encounters. */
  readonly encounter?: Encounter;
  /** When the encounter of the row before was over. */
  readonly previous?: Moment;
}

/** Reads one thing of a row; null where the row does not say it. */
export type Resolve<T> = (context: RowContext) => T | null;

const spanMs = { hours: 3_600_000, days: msPerDay, weeks: 7 * msPerDay } as const;
const bounded = /^(<=|>=|<|>)\s*(\S+)$/;
const never = (): null => null;

/** Makes the resolvers of one table, and counts what they see. */
export class Resolver {
  constructor(
    readonly mapping: Mapping,
    readonly table: BoundTable,
    readonly tally: Tally,
  ) {}

  /** The cells of a column; null where the table may lack it and does. */
  cells(column: string): Cells | null {
    return this.table.cells.get(column) ?? null;
  }

  code(source: CodeSource, path: Path): Resolve<Coded> {
    const { column, map, code, display, pattern } = source;
    const system = source.system === undefined ? '' : (codeSystemUri(source.system) ?? '');
    if (code !== undefined) {
      const coded = { system, code, ...(display === undefined ? {} : { display }) };
      return () => coded;
    }
    const cells = this.cells(column ?? '');
    if (!cells) return never;
    if (map !== undefined) return this.#mapped(cells, map, path, codedOf);
    const tally = this.tally.valuesAt({ ...this.#at(path, cells), map: null });
    const allowed = pattern === undefined ? null : new RegExp(`^(?:${pattern})$`, 'u');
    return ({ row }) => {
      const text = cells.text(row);
      if (text === null) tally.missing += 1;
      else if (allowed?.test(text) === false) countValue(tally, text, 'not covered');
      else return { system, code: text };
      return null;
    };
  }

  value(source: ValueSource, path: Path): Resolve<Value> {
    const { column, map, as, unit, unitText, unitFrom } = source;
    const cells = this.cells(column);
    if (!cells) return never;
    if (map !== undefined) return this.#mapped(cells, map, path, valueOf);
    if (as === 'text')
      return ({ row }) => {
        const text = cells.text(row);
        return text === null ? null : { kind: 'text', text };
      };
    const unitCells = unitFrom ? this.cells(unitFrom.column) : null;
    const unitOf =
      unitFrom && unitCells
        ? this.#mapped(unitCells, unitFrom.map, [...path, 'unitFrom'], (_, of) => String(of))
        : never;
    return (context) => {
      const quantity = quantityAt(cells, context.row);
      if (!quantity) return null;
      const ucum = unit ?? unitOf(context) ?? undefined;
      if (unitFrom && ucum === undefined) return null;
      const named = ucum ?? unitText;
      return {
        kind: 'quantity',
        quantity: {
          ...quantity,
          ...(named === undefined ? {} : { unit: named }),
          isUcum: ucum !== undefined,
        },
      };
    };
  }

  /** A word of a closed list: a sex, an encounter class. */
  word<T extends string>(source: { is: T } | { column: string; map: string }, path: Path): Resolve<T> {
    if ('is' in source) return () => source.is;
    const cells = this.cells(source.column);
    return cells ? this.#mapped(cells, source.map, path, (_, word) => word as T) : never;
  }

  conditions(conditions: readonly Condition[] = []): (row: number) => boolean {
    const tests = conditions.map(({ column, in: allowed, notIn }) => {
      const cells = this.cells(column);
      const listed = new Set(allowed ?? notIn);
      return (row: number): boolean => {
        const text = cells?.text(row) ?? null;
        return text !== null && listed.has(text) === (allowed !== undefined);
      };
    });
    return (row) => tests.every((test) => test(row));
  }

  moment(source: MomentSource, path: Path): Resolve<Moment> {
    const base = this.#base(source, path);
    if (!source.plus) return base;
    const later = this.later(source.plus);
    return (context) => later(base(context), context.row);
  }

  /** So much later than a moment. @throws {MappedRowError} when the column of the length holds no number */
  later({ column, amount, unit }: Span): (from: Moment | null, row: number) => Moment | null {
    const cells = column === undefined ? null : this.cells(column);
    return (from, row) => {
      const length = amount ?? cells?.number(row) ?? null;
      if (!from || length === null) return null;
      return known(from.ms + Math.round(length * spanMs[unit]), unit === 'hours' ? 'second' : from.precision);
    };
  }

  ruleNamed(name: string, path: Path): Rule {
    const rule = this.mapping.rules?.[name];
    if (!rule) throw new RangeError(`A checked mapping has no rule "${name}".`);
    this.tally.ruleUsed(name, pathText(path));
    return rule;
  }

  #base({ column, form = 'date', rule, moment, at }: MomentSource, path: Path): Resolve<Moment> {
    if (rule !== undefined) return this.#byRule(this.ruleNamed(rule, path));
    if (moment !== undefined) return ({ moments }) => moments.get(moment) ?? null;
    if (at === 'birth') return ({ birth }) => birth;
    if (at === 'encounter-start') return ({ encounter }) => encounter?.start ?? null;
    if (at === 'encounter-end') return ({ encounter }) => encounter?.end ?? encounter?.start ?? null;
    const cells = this.cells(column ?? '');
    return cells ? ({ row }) => momentAt(cells, row, form) : never;
  }

  #byRule(rule: Rule): Resolve<Moment> {
    switch (rule.kind) {
      case 'date':
        return fixed(parseDay(rule.date));
      case 'age':
        return fixed(parseDay(rule.at));
      case 'year':
        return fixed(yearMoment(rule.year));
      case 'one-after-another': {
        const first = parseDay(rule.first);
        return ({ previous }) =>
          previous
            ? { ms: Math.floor(latest(previous) / msPerDay + rule.gapDays) * msPerDay, precision: 'day' }
            : first;
      }
    }
  }

  #mapped<T>(cells: Cells, name: string, path: Path, read: (map: ValueMap, of: unknown) => T): Resolve<T> {
    const map = this.mapping.valueMaps?.[name];
    if (!map) throw new RangeError(`A checked mapping has no value map "${name}".`);
    const tally = this.tally.valuesAt({ ...this.#at(path, cells), map: name });
    const known = new Map(Object.entries(map.values).map(([text, of]) => [text, read(map, of)]));
    const without = new Set(map.without);
    return ({ row }) => {
      const text = cells.text(row);
      if (text === null) {
        tally.missing += 1;
        return null;
      }
      const found = known.get(text);
      countValue(tally, text, found !== undefined ? 'mapped' : without.has(text) ? 'without' : 'not covered');
      return found ?? null;
    };
  }

  #at(path: Path, cells: Cells): { path: string; table: string; column: string } {
    return { path: pathText(path), table: cells.table, column: cells.name };
  }
}

/** No more exact than what was counted from: days after a year are a year, half days after a day a day. */
function known(ms: number, precision: Precision): Moment {
  if (precision === 'second') return { ms, precision };
  if (precision === 'day') return { ms: Math.floor(ms / msPerDay) * msPerDay, precision };
  return yearMoment(new Date(ms).getUTCFullYear());
}

function fixed(moment: Moment | null): Resolve<Moment> {
  return () => moment;
}

/** @throws {MappedRowError} when the cell is not of the form */
export function momentAt(cells: Cells, row: number, form: 'date' | 'datetime' | 'year'): Moment | null {
  const text = cells.text(row);
  if (text === null) return null;
  const parse = { date: parseDay, datetime: parseTime, year: parseYear }[form];
  const moment = parse(text);
  if (!moment) throw cells.refuse(row, `the cell is no ${form}.`);
  return moment;
}

/** A number, or a bound such as <0.5. @throws {MappedRowError} */
function quantityAt(cells: Cells, row: number): Pick<Quantity, 'value' | 'comparator'> | null {
  const text = cells.text(row);
  const [, comparator, bound] = text === null ? [] : (bounded.exec(text) ?? []);
  if (bound === undefined) {
    const value = cells.number(row);
    return value === null ? null : { value };
  }
  const value = Number(bound);
  if (!Number.isFinite(value)) throw cells.refuse(row, 'the cell is no number.');
  return { value, comparator: comparator as Comparator };
}

function codedOf(map: ValueMap, of: unknown): Coded {
  if (map.gives !== 'coded') throw new RangeError(`A checked value map gives ${map.gives}.`);
  return { system: codeSystemUri(map.system) ?? map.system, ...(of as { code: string; display?: string }) };
}

function valueOf(map: ValueMap, of: unknown): Value {
  switch (map.gives) {
    case 'coded':
      return { kind: 'coded', coded: codedOf(map, of) };
    case 'quantity': {
      const unit = map.unit === undefined ? {} : { unit: map.unit };
      const quantity = of as { value: number; comparator?: Comparator };
      return { kind: 'quantity', quantity: { ...quantity, ...unit, isUcum: map.unit !== undefined } };
    }
    case 'text':
      return { kind: 'text', text: of as string };
    case 'boolean':
      return { kind: 'boolean', boolean: of as boolean };
    case 'unit':
    case 'sex':
    case 'encounter-class':
      throw new RangeError(`A checked value map gives ${map.gives}.`);
  }
}
