import type { EvaluationContext } from '../evaluation-context.js';
import { countText, percentText, plural } from '../figure.js';
import type { Measure, Measurement } from '../measure.js';
import { cellRuleFor } from './cell-rule.js';
import { csvHeading } from './csv-heading.js';

/** The share of cells that the request and what the candidate was made from allow; 0 when columns or rows are not those asked for. */
export const schemaValidity: Measure = {
  name: 'schema-validity',
  title: 'Columns, rows and values are those asked for',
  direction: 'higher',
  async run(context) {
    const wrongShape = shapeFault(context);
    if (wrongShape !== null) return measurement(0, wrongShape);
    const invalid = await invalidCells(context);
    const cells = context.rowsRequested * context.schema.columns.length;
    const bad = [...invalid.values()].reduce((sum, count) => sum + count, 0);
    return measurement((cells - bad) / cells, cellsText({ cells, bad, invalid }, authorityOf(context)));
  },
};

function measurement(value: number, explanation: string): Measurement {
  return { value, direction: 'higher', explanation };
}

function shapeFault(context: EvaluationContext): string | null {
  const { schema, candidate, rowsRequested } = context;
  const wanted = schema.columns.map(({ name }) => name);
  // A reader that was told the columns shows no others, so the heading of the file itself is looked at as well.
  const fault = columnsFault(wanted, candidate.columnNames) ?? headingFault(wanted, context.package);
  if (fault !== null) return fault;
  if (candidate.rowCount === rowsRequested) return null;
  return `There are ${plural(candidate.rowCount, 'row')} and ${countText(rowsRequested)} were asked for.`;
}

/** Names of columns that were not asked for stay unsaid: they might be values that slipped into a heading. */
function columnsFault(wanted: readonly string[], found: readonly string[]): string | null {
  const lacking = wanted.filter((name) => !found.includes(name));
  if (lacking.length > 0) return `The columns ${lacking.join(', ')} were asked for and are not there.`;
  if (found.length > wanted.length) {
    return `There are ${plural(found.length, 'column')} and ${countText(wanted.length)} were asked for.`;
  }
  return wanted.some((name, place) => found[place] !== name)
    ? 'The columns are not in the order asked for.'
    : null;
}

function headingFault(
  wanted: readonly string[],
  { manifest, files }: EvaluationContext['package'],
): string | null {
  const dataFiles = new Set(manifest.files.filter(({ role }) => role === 'data').map(({ name }) => name));
  for (const { name, headBytes, columnNames } of files) {
    const ownFault = columnNames ? columnsFault(wanted, columnNames) : null;
    if (ownFault !== null) return ownFault;
    if (!headBytes || !dataFiles.has(name) || !name.endsWith('.csv')) continue;
    const heading = csvHeading(headBytes);
    if (!heading) return `The heading line of ${name} could not be read.`;
    // An apostrophe before a heading keeps spreadsheets from running it and is not part of the name.
    const names = heading.map((cell, place) => (cell === `'${wanted[place] ?? ''}` ? cell.slice(1) : cell));
    const fault = columnsFault(wanted, names);
    if (fault !== null) return fault;
  }
  return null;
}

async function invalidCells(context: EvaluationContext): Promise<Map<string, number>> {
  const invalid = new Map<string, number>();
  for (const { name } of context.schema.columns) {
    context.signal?.throwIfAborted();
    const column = await context.candidate.column(name);
    const isValid = await cellRuleFor(context, name, column);
    let count = 0;
    for (let row = 0; row < context.rowsRequested; row++) if (!isValid(row)) count++;
    if (count > 0) invalid.set(name, count);
  }
  return invalid;
}

/** Who says what a cell may hold. */
function authorityOf({ profile, source }: EvaluationContext): string {
  if (profile !== null) return 'the signed profile';
  return source === null ? 'the public description of the columns' : 'the real data';
}

interface Cells {
  readonly cells: number;
  readonly bad: number;
  readonly invalid: ReadonlyMap<string, number>;
}

function cellsText({ cells, bad, invalid }: Cells, authority: string): string {
  if (bad === 0) {
    return `All ${countText(cells)} values are of the kind, range and categories that ${authority} allows.`;
  }
  const columns = [...invalid].map(([name, count]) => `${name} (${countText(count)})`).join(', ');
  return (
    `${percentText((cells - bad) / cells)} of ${countText(cells)} values are allowed by ${authority}; ` +
    `${countText(bad)} are not, in ${columns}.`
  );
}
