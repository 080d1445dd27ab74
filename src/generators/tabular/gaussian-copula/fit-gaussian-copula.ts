import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TableSchema } from '../../../core/schema/schema.js';
import type { FitInput, FitOptions } from '../../generator.js';
import { prepareColumn } from '../guards/prepare-column.js';
import type { PreparedColumn } from '../guards/prepared-column.js';
import { redrawTails } from '../guards/redraw-tails.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';
import { WithheldColumnError } from '../withheld-column-error.js';
import { copulaClasses } from './copula-classes.js';
import { fitGroup } from './fit-group.js';
import { missingPatterns } from './missing-patterns.js';
import { generatorName, generatorVersion } from './model.js';
import type { CopulaColumn, GaussianCopulaModel } from './model.js';
import { parseCopulaParameters } from './parameters.js';

/** Nothing is learned from fewer rows. */
const rowsMin = 40;

/**
 * The law of each column by itself and the correlations of their normal scores: Sklar's theorem with a Gaussian copula,
 * as in Patki, Wedge, Veeramachaneni, "The Synthetic Data Vault", DSAA 2016.
 * @throws {ParameterError} {UnknownColumnError} {WithheldColumnError} {TooFewRowsError}
 */
export async function fitGaussianCopula(
  { schema, rows }: FitInput,
  { parameters: given, random, signal, onProgress }: FitOptions,
): Promise<GaussianCopulaModel> {
  const parameters = parseCopulaParameters(given, schema);
  refuseWithheld(schema);
  const { rowCount } = rows;
  if (rowCount < rowsMin) throw new TooFewRowsError(rowCount, rowsMin);
  const prepared: PreparedColumn[] = [];
  for (const column of schema.columns) {
    signal?.throwIfAborted();
    const tails = random.fork(`fit/${column.name}`).fork('tails');
    const source = await rows.column(column.name);
    prepared.push(
      prepareColumn(column, source, { rowCount, parameters, random: tails, guardTails: redrawTails }),
    );
    onProgress?.(prepared.length / (2 * schema.columns.length));
    await nextTurn();
  }
  const classColumn = schema.columns.findIndex(({ name }) => name === parameters.perClass);
  const { classes, rowsOfGroup } = copulaClasses(prepared[classColumn], rowCount, parameters.classFloor);
  const modelled = prepared.map((column, place) =>
    place === classColumn ? { ...column, present: new Int32Array() } : column,
  );
  const patterns = missingPatterns(modelled, rowCount, parameters.categoryFloor);
  const groups: GaussianCopulaModel['groups'][number][] = [];
  for (const groupRows of rowsOfGroup) {
    signal?.throwIfAborted();
    groups.push(fitGroup(modelled, groupRows, { patterns, parameters }));
    onProgress?.(0.5 + groups.length / (2 * rowsOfGroup.length));
    await nextTurn();
  }
  return {
    generator: generatorName,
    version: generatorVersion,
    parameters,
    columns: prepared.map((column, place) => columnOf(column, patterns.extraShares[place] ?? 0)),
    patterns: patterns.members,
    classes,
    groups,
  };
}

function columnOf(column: PreparedColumn, extraMissing: number): CopulaColumn {
  const { name, type } = column.schema;
  const values: CopulaColumn['values'] =
    column.kind === 'numbers'
      ? { kind: 'numbers', grid: column.grid, bounds: column.bounds }
      : { kind: 'categories', dictionary: column.dictionary };
  return { name, type, values, extraMissing };
}

function refuseWithheld({ columns }: TableSchema): void {
  for (const { name, type } of columns)
    if (type === 'identifier' || type === 'free-text') throw new WithheldColumnError(name, type);
}
