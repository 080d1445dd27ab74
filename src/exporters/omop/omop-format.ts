import { join } from 'node:path';
import { readCdmContent } from '../../core/omop/read-cdm-content.js';
import type { ClinicalWriter, ReleaseFacts } from '../clinical-writer.js';
import { openVocabulary } from './vocabulary/open-vocabulary.js';
import { openOmopWriter } from './writer/omop-writer.js';

/** Opens OMOP CDM 5.4 in CSV, and in Parquet where it is asked for; the vocabulary is closed with the writer. @throws {VocabularyError} */
export async function openOmopFormat({
  folder,
  facts,
  content,
  vocabulary: configured,
  workFolder,
  withAddition: parquet,
}: {
  readonly folder: string;
  readonly facts: ReleaseFacts;
  readonly content: string;
  readonly vocabulary: string | null;
  readonly workFolder: string;
  readonly withAddition: boolean;
}): Promise<ClinicalWriter> {
  const cdm = await readCdmContent(content);
  const shippedFolder = join(content, 'omop/vocabulary');
  const vocabulary = await openVocabulary({
    ...{ cdm, shippedFolder, workFolder },
    ...(configured === null ? {} : { folder: configured }),
  });
  const close = (): void => {
    vocabulary.close();
  };
  try {
    const writer = await openOmopWriter({ cdm, vocabulary, facts, folder, parquet });
    return {
      write: (record) => writer.write(record),
      finish: (directory) => writer.finish(directory).finally(close),
      abort: () => writer.abort().finally(close),
    };
  } catch (error) {
    close();
    throw error;
  }
}
