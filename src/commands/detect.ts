import { inspectColumns } from '../core/files/inspect-columns.js';
import type { ColumnProposal } from '../core/files/inspect-columns.js';
import { sdvSingleTable } from '../core/schema/sdv-metadata.js';
import type { Command } from './command.js';
import { runOnFile, textOf } from './tables/run-on-file.js';
import { withTable } from './tables/open-table.js';
import { writeWhole } from './tables/write-whole.js';

/** What a column seems to be, why, and what a person has to decide. */
function describeProposal(column: ColumnProposal): string[] {
  const { name, type, missingCount, distinctCount, missingMarkers, reason, regenerate } = column;
  const markers = missingMarkers.map((marker) => (marker === '' ? 'empty' : marker)).join(' ');
  const seen = column.evidence.map(({ looksLike, cells }) => `${cells} ${looksLike}`).join(', ');
  return [
    `${name}: ${type}, ${distinctCount} different, ${missingCount} missing${markers === '' ? '' : ` (${markers})`}. ${reason}`,
    ...(seen === '' ? [] : [`    cells that look like: ${seen}`]),
    ...(regenerate
      ? [
          `    new values: ${regenerate.kind}${regenerate.unique ? ', each once' : ''}; take out "regenerate" to leave it out`,
        ]
      : []),
    ...column.suspectedMarkers.map(
      ({ marker, cells, reason: why }) =>
        `    is ${marker} (${cells} cells) a value? ${why} If so, add it to "missingMarkers".`,
    ),
  ];
}

/** `picketfence detect TABLE.csv`: what we take the columns to be, to be confirmed by a person. */
export const detectCommand = {
  name: 'detect',
  summary:
    'propose what the columns of a table mean: TABLE.csv [--out SCHEMA.json] [--sdv METADATA.json], to be confirmed by hand',
  options: { out: { type: 'string' }, sdv: { type: 'string' } },
  positional: 'table',
  run: async (context, { table, out, sdv }) => {
    if (typeof table !== 'string') {
      context.complain('Say which table: picketfence detect TABLE.csv.');
      return 2;
    }
    return runOnFile(context, table, async (signal) => {
      const columns = await withTable(table, signal, ({ db, parquet }) =>
        inspectColumns(db, parquet, { signal }),
      );
      for (const column of columns) for (const line of describeProposal(column)) context.print(line);
      const metadata = textOf(sdv);
      if (metadata !== undefined) {
        const primaryKey = columns.find(({ regenerate }) => regenerate?.unique)?.name;
        const described = sdvSingleTable({
          schema: { columns },
          ...(primaryKey === undefined ? {} : { primaryKey }),
        });
        await writeWhole(metadata, [Buffer.from(`${JSON.stringify(described, null, 2)}\n`)], signal);
        context.print(`${metadata}: the same as SDV has it; fit takes it with --metadata ${metadata}.`);
      }
      const target = textOf(out);
      if (target === undefined) return;
      const schema = {
        columns: columns.map(({ distinctCount, missingCount, ...column }) => ({
          ...column,
          counts: { different: distinctCount, missing: missingCount },
        })),
      };
      await writeWhole(target, [Buffer.from(`${JSON.stringify(schema, null, 2)}\n`)], signal);
      context.print(`${target}: correct it where it is wrong, then fit with --schema ${target}.`);
    });
  },
} as const satisfies Command & { readonly positional: string };
