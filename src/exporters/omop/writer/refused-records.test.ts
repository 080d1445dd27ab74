import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { aDirectory, aRecord } from '../../../core/events/testing/a-record.js';
import { aFolder, anOmopFolder, aVocabulary, someFacts, theCdm } from '../testing/omop-folder.js';
import { aLife, snomed, someTime } from '../testing/small-records.js';
import { openOmopWriter } from './omop-writer.js';

describe('a record that cannot be written', () => {
  const broken: [string, PatientRecord, RegExp][] = [
    [
      'refers to an encounter that is not there',
      aLife([{ kind: 'condition', key: 'c', start: someTime, codes: [snomed('59621000')], encounter: 'x' }]),
      /"condition_occurrence", row 2, field "visit_occurrence_id": the record has no encounter "x"/,
    ],
    [
      'has a day that no calendar has',
      aLife([
        { kind: 'condition', key: 'c', start: { ms: NaN, precision: 'day' }, codes: [snomed('59621000')] },
      ]),
      /"condition_occurrence", row 2, field "condition_start_date": NaN is not a date/,
    ],
    [
      'has a number that is none',
      aLife([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start: someTime,
            codes: [snomed('1')],
            category: 'laboratory',
            components: [],
          },
          value: { kind: 'quantity', quantity: { value: Infinity, isUcum: true } },
        },
      ]),
      /"measurement", row 1, field "value_as_number": Infinity is not a finite number/,
    ],
    [
      'has an event without a code',
      aLife([{ kind: 'procedure', key: 'q', start: someTime, codes: [] }]),
      /"procedure_occurrence", row 1, field "procedure_concept_id": comes from an event without a code/,
    ],
  ];

  const good = aLife([{ kind: 'condition', key: 'c', start: someTime, codes: [snomed('59621000')] }]);

  it.each(broken)(
    'because it %s is refused by table, row and field, and nothing stays',
    async (_, bad, message) => {
      const folder = await aFolder();
      await expect(anOmopFolder([good, bad], { folder })).rejects.toThrow(message);
      expect(await readdir(folder)).toEqual([]);
      await rm(folder, { recursive: true });
    },
  );

  it('because the directory lacks its practice is refused at the end, and nothing stays', async () => {
    const folder = await aFolder();
    const directory = { ...aDirectory, organisations: [] };
    await expect(anOmopFolder([aRecord()], { folder, directory })).rejects.toThrow(
      /"care_site", row 1, field "care_site_id": the directory has no organisation practice/,
    );
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('does not touch what was in the folder before, when it is given up', async () => {
    const [folder, cdm] = [await aFolder(), await theCdm()];
    await writeFile(join(folder, 'mine.txt'), 'mine');
    const vocabulary = await aVocabulary(cdm);
    const options = { cdm, vocabulary, facts: someFacts, folder, parquet: false };
    const writer = await openOmopWriter(options);
    await writer.write(aRecord());
    await expect(openOmopWriter(options)).rejects.toThrow('EEXIST');
    await writer.abort();
    expect(await readdir(folder)).toEqual(['mine.txt']);
    await expect(writer.write(aRecord())).rejects.toThrow('aborted');
    vocabulary.close();
    await rm(folder, { recursive: true });
  });
});
