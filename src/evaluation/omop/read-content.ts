import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './check.js';
import { readChecks } from './read-checks.js';

/** The data-quality checks, those of the vocabulary too. */
export async function readChecksContent(contentFolder: string): Promise<readonly Check[]> {
  const of = (name: string): Promise<string> =>
    readFile(join(contentFolder, 'omop', 'dqd', `DQD_OMOP_CDMv5.4_${name}.csv`), 'utf8');
  return readChecks({
    descriptions: await of('Check_Descriptions'),
    tables: await of('Table_Level'),
    fields: await of('Field_Level'),
    concepts: await of('Concept_Level'),
  });
}
