import type { MappingCoverage, TableCoverage, ValueCoverage } from './coverage.js';

/** Values named of one column; the JSON has more. */
const valuesShownMost = 12;

/** The coverage for people to read, in lines. */
export function coverageText(coverage: MappingCoverage): string[] {
  const { events, persons, dead, encounters } = coverage;
  const total = Object.values(events).reduce((sum, count) => sum + count, 0);
  return [
    coverage.title,
    '',
    `${persons} persons (${dead} dead), ${encounters} encounters, ${total} events`,
    ...Object.entries(events).map(([kind, count]) => `  ${kind}: ${count}`),
    ...section('Decided by the mapping, not by the tables', coverage.rules.map(ruleText)),
    ...coverage.tables.flatMap(tableText),
    ...section(
      'Tables that the mapping does not name',
      coverage.tablesUnmapped.map((name) => name),
    ),
    ...section('Values', coverage.valueMaps.flatMap(valueText)),
    ...section(
      'Events by their place in the mapping',
      coverage.eventRules.map(
        ({ path, kind, table, column, count }) =>
          `${path}: ${count} of kind ${kind} from ${table}${column === null ? '' : `, column "${column}"`}`,
      ),
    ),
    ...section(
      'Left out or cut',
      coverage.leftOut.map(({ table, reason, count }) => `${table}: ${reason}: ${count}`),
    ),
    ...section(
      'Rows of one person differ; the first counted',
      coverage.differing.map(
        ({ table, column, persons: count }) => `${table}, column "${column}": ${count} persons`,
      ),
    ),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

function ruleText({ name, kind, says, usedAt }: MappingCoverage['rules'][number]): string {
  const where = usedAt.length === 0 ? 'nowhere' : usedAt.join(', ');
  return `${name} (${kind}, used at ${where}): ${says}`;
}

function tableText(table: TableCoverage): string[] {
  const { name, rows, rowsWithoutEvent, columnsMapped, columnsUnmapped, columnsLacking } = table;
  const all = columnsMapped.length + columnsUnmapped.length;
  return section(`Table ${name}`, [
    `${rows} rows; ${rowsWithoutEvent} gave no encounter, event or death`,
    `${columnsMapped.length} of ${all} columns mapped`,
    ...(columnsUnmapped.length > 0 ? [`not mapped: ${columnsUnmapped.join(', ')}`] : []),
    ...(columnsLacking.length > 0 ? [`mapped, but the table lacks: ${columnsLacking.join(', ')}`] : []),
  ]);
}

function valueText({ path, table, column, map, missing, values, unused }: ValueCoverage): string[] {
  const sum = (verdict: string): number =>
    values.reduce((total, value) => total + (value.verdict === verdict ? value.count : 0), 0);
  const name = (verdict: string): string => {
    const named = values.filter((value) => value.verdict === verdict);
    const shown = named.slice(0, valuesShownMost).map(({ value, count }) => `"${value}" ${count}`);
    return `${shown.join(', ')}${named.length > shown.length ? `, ${named.length - shown.length} more` : ''}`;
  };
  const [mapped, without, uncovered] = [sum('mapped'), sum('without'), sum('not covered')];
  const by = map === null ? 'codes of the column' : `value map "${map}"`;
  return [
    `${table}, column "${column}", ${by} (${path}): ${map === null ? '' : `${mapped} mapped, `}${missing} missing`,
    ...(without > 0 ? [`  without by decision: ${name('without')}`] : []),
    ...(uncovered > 0 ? [`  NOT COVERED: ${name('not covered')}`] : []),
    ...(unused.length > 0 ? [`  in the map, in no cell: ${unused.join(', ')}`] : []),
  ];
}
