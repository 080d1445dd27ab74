import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describeWithShared } from '../../../test/support/shared-data.js';
import type { ColumnProposal } from './inspect-columns.js';
import { inspectFile } from './testing/inspect-file.js';

function ofType(proposals: ReadonlyMap<string, ColumnProposal>, type: string): string[] {
  return [...proposals.values()].filter((proposal) => proposal.type === type).map(({ name }) => name);
}

describeWithShared(
  'inspectColumns on breast cancer data',
  'datasets/breast-cancer-wisconsin/data.csv',
  (csv) => {
    it('finds one identifier, one category and thirty numbers', async () => {
      const found = await inspectFile(await readFile(csv));
      expect(ofType(found, 'identifier')).toEqual(['id']);
      expect(ofType(found, 'category')).toEqual(['diagnosis']);
      expect(ofType(found, 'number')).toHaveLength(30);
    });
  },
);

describeWithShared('inspectColumns on Pima data', 'datasets/pima/pima.csv', (csv) => {
  it('asks whether 0 is a value where nobody has it, and not of pregnancies', async () => {
    const found = await inspectFile(await readFile(csv));
    const asked = [...found.values()].filter(({ suspectedMarkers }) => suspectedMarkers.length > 0);
    expect(asked.map(({ name, suspectedMarkers }) => [name, suspectedMarkers[0]!.cells])).toEqual([
      ['glucose', 5],
      ['pressure', 35],
      ['triceps', 227],
      ['insulin', 374],
      ['mass', 11],
    ]);
  });
});

describeWithShared(
  'inspectColumns on heart data',
  'datasets/heart-disease/heart_disease_4sites.csv',
  (csv) => {
    it('takes coded whole numbers for codes, and a cholesterol of 0 for doubtful', async () => {
      const found = await inspectFile(await readFile(csv));
      // `num` is a code too, but its name says number: for a person to see.
      expect(ofType(found, 'category')).toEqual(['site', 'cp', 'restecg', 'slope', 'ca', 'thal']);
      expect(found.get('chol')!.suspectedMarkers).toMatchObject([{ marker: '0', cells: 172 }]);
    });
  },
);

describeWithShared(
  'inspectColumns on MIMIC diagnoses',
  'datasets/mimic-iv-demo/hosp/diagnoses_icd.csv',
  (csv) => {
    it('takes ICD codes without points for codes, and the keys of stays for identifiers', async () => {
      const found = await inspectFile(await readFile(csv));
      expect(found.get('icd_code')).toMatchObject({ type: 'category' });
      expect(found.get('icd_code')!.reason).toMatch(/form of ICD codes/);
      expect(ofType(found, 'identifier')).toEqual(['subject_id', 'hadm_id']);
    });
  },
);

describeWithShared('inspectColumns on diabetes data', 'datasets/diabetes130/diabetic_data.csv.gz', (gzip) => {
  it('tells keys, codes, counts and the question mark apart', async () => {
    const found = await inspectFile(gunzipSync(await readFile(gzip)));
    expect(ofType(found, 'identifier')).toEqual(['encounter_id', 'patient_nbr']);
    expect(ofType(found, 'integer')).toEqual([
      'time_in_hospital',
      'num_lab_procedures',
      'num_procedures',
      'num_medications',
      'number_outpatient',
      'number_emergency',
      'number_inpatient',
      'number_diagnoses',
    ]);
    expect(ofType(found, 'number')).toEqual([]);
    expect(ofType(found, 'free-text')).toEqual([]);
    expect(ofType(found, 'category')).toEqual(
      expect.arrayContaining([
        'age',
        'diag_1',
        'diag_3',
        'admission_type_id',
        'discharge_disposition_id',
        'admission_source_id',
      ]),
    );
    expect([...found.values()].filter(({ missingMarkers }) => missingMarkers.length > 0)).toEqual(
      ['race', 'weight', 'payer_code', 'medical_specialty', 'diag_1', 'diag_2', 'diag_3'].map(
        (name) => expect.objectContaining({ name, missingMarkers: ['?'] }) as unknown,
      ),
    );
    expect(found.get('age')!.reason).toMatch(/bands of numbers/);
    expect(found.get('diag_1')!.reason).toMatch(/form of ICD codes/);
    expect(found.get('weight')).toMatchObject({ missingCount: 98_569, distinctCount: 9 });
  }, 60_000);
});
