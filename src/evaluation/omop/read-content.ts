import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cdm, readCdm } from '../../core/omop/cdm.js';
import type { Check } from './check.js';
import { readChecks } from './read-checks.js';

/** The OMOP model. @param contentFolder the content that comes with the program */
export async function readCdmContent(contentFolder: string): Promise<Cdm> {
  const of = (name: string): Promise<string> => read(contentFolder, `cdm/OMOP_CDMv5.4_${name}_Level`);
  return readCdm({ tables: await of('Table'), fields: await of('Field') });
}

/** The data-quality checks, those of the vocabulary too. */
export async function readChecksContent(contentFolder: string): Promise<readonly Check[]> {
  const of = (name: string): Promise<string> => read(contentFolder, `dqd/DQD_OMOP_CDMv5.4_${name}`);
  return readChecks({
    descriptions: await of('Check_Descriptions'),
    tables: await of('Table_Level'),
    fields: await of('Field_Level'),
    concepts: await of('Concept_Level'),
  });
}

function read(contentFolder: string, path: string): Promise<string> {
  return readFile(join(contentFolder, 'omop', `${path}.csv`), 'utf8');
}
