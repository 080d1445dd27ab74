import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readFacts } from './module-rates/facts.mjs';
import { deriveTables } from './module-rates/tables.mjs';
import { formatTable } from './module-rates/format-table.mjs';
import { root } from './run-program.mjs';

// node scripts/derive-module-rates.mjs: writes content/modules/lookup_tables from the reference data. See docs/modules.md.

const shared = process.env.PICKETFENCE_SHARED ?? path.join(root, '..', 'shared');
const facts = readFacts(path.join(shared, 'data', 'uk'));
const out = path.join(root, 'content', 'modules', 'lookup_tables');
mkdirSync(out, { recursive: true });
const { tables, notes } = deriveTables(facts);
for (const table of tables) writeFileSync(path.join(out, `${table.name}.csv`), formatTable(table));
for (const note of notes) console.log(note);
console.log(`${tables.length} tables written to ${path.relative(root, out)}`);
