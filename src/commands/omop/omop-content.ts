import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCdm } from '../../core/omop/cdm.js';
import type { Cdm } from '../../core/omop/cdm.js';
import { readChecks } from '../../evaluation/omop/read-checks.js';
import type { Check } from '../../evaluation/omop/check.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';

/** The OMOP model of the installation. */
export async function loadCdm(): Promise<Cdm> {
  const [tables, fields] = [
    await content('cdm/OMOP_CDMv5.4_Table_Level'),
    await content('cdm/OMOP_CDMv5.4_Field_Level'),
  ];
  return readCdm({ tables, fields });
}

/** The data-quality checks of the installation, those of the vocabulary too. */
export async function loadChecks(): Promise<readonly Check[]> {
  const of = (name: string): Promise<string> => content(`dqd/DQD_OMOP_CDMv5.4_${name}`);
  return readChecks({
    descriptions: await of('Check_Descriptions'),
    tables: await of('Table_Level'),
    fields: await of('Field_Level'),
    concepts: await of('Concept_Level'),
  });
}

function content(path: string): Promise<string> {
  return readFile(join(packageRoot(), 'content', 'omop', `${path}.csv`), 'utf8');
}
