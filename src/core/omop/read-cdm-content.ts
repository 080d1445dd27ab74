import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cdm, readCdm } from './cdm.js';

/** The OMOP model. @param contentFolder the content that comes with the program */
export async function readCdmContent(contentFolder: string): Promise<Cdm> {
  const of = (level: string): Promise<string> =>
    readFile(join(contentFolder, 'omop', 'cdm', `OMOP_CDMv5.4_${level}_Level.csv`), 'utf8');
  return readCdm({ tables: await of('Table'), fields: await of('Field') });
}
