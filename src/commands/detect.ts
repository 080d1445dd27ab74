import { inspectColumns } from '../core/files/inspect-columns.js';
import type { Command } from './command.js';
import { runOnFile, textOf } from './tables/run-on-file.js';
import { withTable } from './tables/open-table.js';
import { writeWhole } from './tables/write-whole.js';

/** `picketfence detect TABLE.csv`: what we take the columns to be, to be confirmed by a person. */
export const detectCommand = {
  name: 'detect',
  summary: 'propose what the columns of a table mean: TABLE.csv [--out SCHEMA.json], to be confirmed by hand',
  options: { out: { type: 'string' } },
  positional: 'table',
  run: async (context, { table, out }) => {
    if (typeof table !== 'string') {
      context.complain('Say which table: picketfence detect TABLE.csv.');
      return 2;
    }
    return runOnFile(context, table, async (signal) => {
      const columns = await withTable(table, signal, ({ db, parquet }) =>
        inspectColumns(db, parquet, { signal }),
      );
      for (const { name, type, missingCount, distinctCount, missingMarkers, reason } of columns) {
        const markers = missingMarkers.map((marker) => (marker === '' ? 'empty' : marker)).join(' ');
        context.print(
          `${name}: ${type}, ${distinctCount} different, ${missingCount} missing${markers === '' ? '' : ` (${markers})`}. ${reason}`,
        );
      }
      const target = textOf(out);
      if (target === undefined) return;
      const schema = {
        columns: columns.map(({ name, type, missingMarkers }) => ({ name, type, missingMarkers })),
      };
      await writeWhole(target, [Buffer.from(`${JSON.stringify(schema, null, 2)}\n`)], signal);
      context.print(`${target}: correct it where it is wrong, then fit with --schema ${target}.`);
    });
  },
} as const satisfies Command & { readonly positional: string };
