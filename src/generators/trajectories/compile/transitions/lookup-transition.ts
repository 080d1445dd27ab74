import type { Frame, Odds } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { AttributeValue } from '../../person/attribute-value.js';
import { SimulationError } from '../../simulation-error.js';
import type { Scope } from '../scope.js';
import { keySeparator, parseLookupTable, type LookupRow, type LookupTable } from './lookup-table.js';
import { oddsOf, spreadChoice, type Transition } from './odds.js';
import { cumulate, pick, targetOf } from './weighted-choice.js';

interface Row extends LookupRow {
  readonly cumulative: Float64Array;
}

/**
 * A choice by chance whose shares come from the row of a table that fits the person and the date; the
 * `default_probability` of the options where none fits.
 */
export function compileLookup(options: readonly Fields[], scope: Scope): Transition {
  const targets = options.map((option) => targetOf(option, 'transition', scope));
  const otherwise = cumulate(options.map((option) => option.number('default_probability')));
  const [first] = options;
  const table = first === undefined ? null : tableOf(first, options, scope);
  if (first === undefined || table === null) return { next: () => 0, odds: null };
  const find = rowFinder(table, first, scope);
  const sharesAt = (frame: Frame, time: number): Float64Array => find(frame, time)?.cumulative ?? otherwise;
  return {
    next: (frame, time) => targets[pick(sharesAt(frame, time), frame.stream.uniform())] ?? 0,
    odds: oddsOf(
      targets,
      (frame, time, share, add) => {
        spreadChoice(sharesAt(frame, time), targets, share, add);
      },
      {
        attributes: table.attributes.map((name) => scope.names.attributes.id(name)),
        changesAt: turnsOf(table),
      },
    ),
  };
}

/** When another row of a table can come to hold: with the next year of age, and where an interval of time begins or is over. */
function turnsOf({ rows, hasAge, hasTime }: LookupTable): Odds['changesAt'] {
  const all = [...rows.values()].flat();
  const turns = Float64Array.from(
    new Set(hasTime ? all.flatMap(({ timeLow, timeHigh }) => [timeLow, timeHigh + 1]) : []),
  ).sort();
  return ({ person }, time) => {
    const { ages } = person;
    const birthday = hasAge ? ages.monthsAfterBirth(12 * (ages.years(time) + 1)) : Infinity;
    return Math.min(birthday, turns[countUpTo(turns, time)] ?? Infinity);
  };
}

/** How many of sorted moments are not after a moment. */
function countUpTo(moments: Float64Array, time: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function tableOf(first: Fields, options: readonly Fields[], { tables }: Scope): LookupTable | null {
  const name = first.text('lookup_table_name');
  const text = tables.get(name);
  if (text !== undefined) {
    const targets = options.map((option) => option.text('transition'));
    return parseLookupTable({ name, text, targets, place: first.place, problems: first.problems });
  }
  if (name !== '') first.fail('lookup_table_name', `there is no table "${name}".`);
  return null;
}

/** Finds the first row, in the order of the file, that fits. */
function rowFinder(
  table: LookupTable,
  fields: Fields,
  { names, findings }: Scope,
): (frame: Frame, time: number) => Row | undefined {
  const attributes = table.attributes.map((name) => names.attributes.id(name));
  for (const attribute of attributes) findings.readAttributes.set(attribute, fields.place);
  const rows = new Map<string, (frame: Frame, time: number) => Row | undefined>();
  for (const [key, list] of table.rows)
    rows.set(
      key,
      searchOf(
        list.map((row) => ({ ...row, cumulative: cumulate(row.shares) })),
        table,
      ),
    );
  const keyOf = (frame: Frame): string =>
    attributes
      .map((attribute, index) => {
        const value = frame.person.get(attribute);
        if (value !== undefined) return keyPart(value);
        throw new SimulationError(
          fields.place,
          `the attribute "${table.attributes[index] ?? ''}" is missing.`,
        );
      })
      .join(keySeparator);
  const only = rows.get('');
  if (attributes.length === 0) return only ?? (() => undefined);
  return (frame, time) => rows.get(keyOf(frame))?.(frame, time);
}

function keyPart(value: AttributeValue): string {
  return typeof value === 'object' ? '' : String(value);
}

function searchOf(
  rows: readonly Row[],
  { hasAge, hasTime }: LookupTable,
): (frame: Frame, time: number) => Row | undefined {
  if (hasTime && !hasAge && isSorted(rows)) return searchTime(rows);
  return ({ person }, time) => {
    const age = hasAge ? person.ages.years(time) : 0;
    for (const row of rows)
      if (age >= row.ageLow && age <= row.ageHigh && time >= row.timeLow && time <= row.timeHigh) return row;
    return undefined;
  };
}

function isSorted(rows: readonly Row[]): boolean {
  return rows.every((row, index) => index === 0 || (rows[index - 1]?.timeHigh ?? 0) < row.timeLow);
}

/** The row of sorted, separate intervals that holds a moment: the last one that begins before it, if it has not ended. */
function searchTime(rows: readonly Row[]): (frame: Frame, time: number) => Row | undefined {
  const begins = Float64Array.from(rows, ({ timeLow }) => timeLow);
  const [first, last] = [begins[0] ?? Infinity, rows.at(-1)?.timeHigh ?? -Infinity];
  return (_, time) => {
    if (time < first || time > last) return undefined;
    const row = rows[countUpTo(begins, time) - 1];
    return row !== undefined && time <= row.timeHigh ? row : undefined;
  };
}
