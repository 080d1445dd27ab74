import type { Code } from '../codes.js';
import type { Person } from '../person/person.js';

const certification: Code = {
  system: 'SNOMED-CT',
  code: '308646001',
  display: 'Death certification (procedure)',
};
const causeOfDeath: Code = {
  system: 'LOINC',
  code: '69453-9',
  display: 'Cause of Death [US Standard Certificate of Death]',
};
const report: Code = {
  system: 'LOINC',
  code: '69409-1',
  display: 'U.S. standard certificate of death - 2003 revision',
};

/** An encounter at the moment of death, with the cause as an observation in a report; only where a cause is known. */
export function writeDeathCertificate(person: Person): void {
  const { death: time, causeOfDeath: cause, record, names } = person;
  const [causeCode] = names.codes.listAt(cause);
  if (causeCode === undefined) return;
  record.encounters.start(time, {
    encounterClass: names.encounterClasses.id('wellness'),
    codes: names.codes.list([certification]),
    reason: cause,
    module: -1,
    state: -1,
    isVirtual: false,
  });
  const observation = { codes: names.codes.list([causeOfDeath]), category: names.words.id('exam'), unit: -1 };
  record.observations.addReport(time, names.codes.list([report]), [{ ...observation, value: causeCode }]);
}
