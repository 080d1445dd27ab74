import type { PatientRecord } from '../../core/events/patient-record.js';
import { aRecord } from '../../core/events/testing/a-record.js';
import { released, removeFolders } from './testing/write-release.js';

afterAll(removeFolders);

describe('the cause of a death', () => {
  it('is said once: not again where a certificate has it', async () => {
    const said = async (record: PatientRecord): Promise<number> => {
      const { lines } = await released({ records: [record] });
      return lines.filter((one) => JSON.stringify(one).includes('"69453-9"')).length;
    };
    const record = aRecord(1);
    const cause = { system: 'SNOMED', code: '22298006' };
    const died = {
      ...record,
      person: {
        ...record.person,
        death: { at: { ms: Date.UTC(2026, 0, 1), precision: 'day' as const }, cause },
      },
    };
    expect(await said(died)).toBe(1);
    const certificate = {
      ...{ kind: 'observation' as const, key: 'p1/certificate', category: 'exam' as const, components: [] },
      ...{ start: died.person.death.at, codes: [{ system: 'LOINC', code: '69453-9' }] },
      value: { kind: 'coded' as const, coded: cause },
    };
    expect(await said({ ...died, events: [...died.events, certificate] })).toBe(1);
  });
});
