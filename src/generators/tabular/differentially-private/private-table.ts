import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Noise } from '../../../core/privacy/noise.js';
import type { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import { selectCells } from '../../../core/table/select-rows.js';
import type { FitInput, FitOptions } from '../../generator.js';
import { cellsOfColumn } from '../domain/cells-of-column.js';
import { cellCount, publicDomain } from '../domain/public-domain.js';
import type { PublicDomain } from '../domain/public-domain.js';
import { buyDomain, planPurchases } from './bought-domain.js';
import { keptRows } from './kept-rows.js';
import { openAccount } from './open-account.js';
import type { PrivateParameters } from './private-parameters.js';

/** Real rows as cells of public domains. Nothing is to be learned from `cells` but through the account. */
export interface PrivateTable {
  readonly columns: readonly PrivateColumn[];
  readonly account: PrivacyAccount;
}

export interface PrivateColumn {
  readonly schema: ColumnSchema;
  readonly domain: PublicDomain;
  /** The cell of each row that counts, or `noCell`. */
  readonly cells: Int32Array;
}

/**
 * @param shareOfWork that reading is of all there is to do
 * @throws {WithheldColumnError} {UnknownDomainError} before any row is read; {UnknownColumnError}
 */
export async function readPrivateTable(
  { schema, rows }: FitInput,
  options: FitOptions & { readonly noise: Noise; readonly shareOfWork: number },
  parameters: PrivateParameters,
): Promise<PrivateTable> {
  const plan = planPurchases(schema, parameters);
  for (const column of schema.columns)
    if (!plan.bought.has(column.name)) publicDomain(column, parameters.cells);
  const kept = await keptRows(rows, parameters, options.noise);
  const account = openAccount(parameters, plan.delta, options.noise);
  const price = plan.priceOf(account.left);
  const columns: PrivateColumn[] = [];
  for (const declared of schema.columns) {
    const read = selectCells(await rows.column(declared.name), kept);
    const { column, cells: own } = plan.bought.has(declared.name)
      ? buyDomain({ column: declared, cells: read }, account, price)
      : { column: declared, cells: read };
    const domain = publicDomain(column, parameters.cells);
    columns.push({ schema: declared, domain, cells: cellsOfColumn(column, own, domain) });
    await reportStep(options, (options.shareOfWork * columns.length) / schema.columns.length);
  }
  return { columns, account };
}

/** Tells how far it is, lets others have their turn, and stops when told to. */
export async function reportStep({ onProgress, signal }: FitOptions, share: number): Promise<void> {
  onProgress?.(share);
  await nextTurn();
  signal?.throwIfAborted();
}

/** Rows of each cell. */
export function countCells({ cells, domain }: PrivateColumn): Int32Array {
  const counts = new Int32Array(cellCount(domain));
  for (const cell of cells) if (cell >= 0) counts[cell] = (counts[cell] ?? 0) + 1;
  return counts;
}
