import { calendarAge, holds } from './reference-conditions.js';
import type { History, ReferenceRun } from './reference-module.js';
import { has, listOf, numberOf, textOf, type Json } from './reference-values.js';

/** The name of the next state. */
export function transition(json: Json, run: ReferenceRun, history: History, time: number): string {
  if (has(json['alt_direct_transition'])) return textOf(json['alt_direct_transition']);
  if (has(json['direct_transition'])) return textOf(json['direct_transition']);
  if (has(json['distributed_transition'])) return distributed(listOf(json['distributed_transition']), run);
  if (has(json['lookup_table_transition'])) return lookup(listOf(json['lookup_table_transition']), run, time);
  if (has(json['type_of_care_transition'])) return typeOfCare(json['type_of_care_transition'], run, time);
  const options = listOf(json['conditional_transition'] ?? json['complex_transition']);
  const chosen =
    options.find(({ condition }) => !has(condition) || holds(condition, run, history, time)) ??
    options.at(-1)!;
  return has(chosen['transition'])
    ? textOf(chosen['transition'])
    : distributed(listOf(chosen['distributions']), run);
}

function distributed(options: Json[], { stream, person }: ReferenceRun): string {
  const p = stream.uniform();
  let sum = 0;
  for (const { distribution, transition: target } of options) {
    const named =
      typeof distribution === 'object' ? person.getByName(textOf(distribution['attribute'])) : null;
    if (typeof distribution !== 'object') sum += numberOf(distribution);
    else sum += typeof named === 'number' ? named : numberOf(distribution['default']);
    if (sum > p) return textOf(target);
  }
  return textOf(options.at(-1)!['transition']);
}

const splitTables = new Map<string, string[][]>();

function cellsOf(text: string): string[][] {
  const known = splitTables.get(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const cells = known ?? lines.map((line) => line.split(',').map((cell) => cell.trim()));
  splitTables.set(text, cells);
  return cells;
}

/** Reads the table line by line until one fits. */
function lookup(options: Json[], run: ReferenceRun, time: number): string {
  const [header = [], ...lines] = cellsOf(run.table(textOf(options[0]!['lookup_table_name'])));
  const targets = options.map((option) => textOf(option['transition']));
  const fits = (cells: string[]): boolean =>
    header.every((column, at) => targets.includes(column) || fitsCell(column, cells[at]!, run, time));
  const line = lines.find(fits);
  const p = run.stream.uniform();
  let sum = 0;
  for (const option of options) {
    const column = header.indexOf(textOf(option['transition']));
    sum += line === undefined ? numberOf(option['default_probability']) : Number(line[column]);
    if (sum > p) return textOf(option['transition']);
  }
  return targets.at(-1)!;
}

function fitsCell(column: string, cell: string, { person }: ReferenceRun, time: number): boolean {
  if (column !== 'age' && column !== 'time') {
    const value = person.getByName(column);
    if (value === undefined) throw new Error(`The attribute ${column} is missing.`);
    return String(value) === cell;
  }
  const value = column === 'age' ? calendarAge(person.birth, time, 'years') : time;
  const dates = /^(\d{4}-\d\d-\d\d)-(\d{4}-\d\d-\d\d)$/.exec(cell);
  const [low, high] = dates ? dates.slice(1).map((date) => Date.parse(date)) : cell.split('-').map(Number);
  return low! <= value && value <= high!;
}

function typeOfCare(json: Json, { person, stream }: ReferenceRun, time: number): string {
  const leans = ['none', 'no_insurance', 'medicaid', 'dual eligible'];
  const isHigh = leans.includes(String(person.getByName('insurance_status')).toLowerCase());
  const before = isHigh ? [0.65, 0.35, 0] : [0.75, 0.25, 0];
  const since = isHigh ? [0.66, 0.25, 0.09] : [0.56, 0.2, 0.24];
  const [ambulatory = 0, emergency = 0] = time < Date.UTC(2020, 0, 1) ? before : since;
  const p = stream.uniform();
  if (p < ambulatory) return textOf(json['ambulatory']);
  return textOf(p < ambulatory + emergency ? json['emergency'] : json['telemedicine']);
}
