import type { FhirContext } from '../fhir-context.js';
import { toAscii } from '../json/quote.js';
import { groupResource } from '../resources/release.js';
import type { PatientList } from './patient-list.js';

const membersAPiece = 1000;

/** The Group of all patients as pieces of its JSON: the whole grows with the release. */
export function* groupPieces(context: FhirContext, patients: PatientList): Generator<string> {
  const open = toAscii(JSON.stringify(groupResource(context, patients.size)));
  if (patients.size === 0) {
    yield open;
    return;
  }
  yield `${open.slice(0, -1)},"member":[`;
  for (let first = 0; first < patients.size; first += membersAPiece) {
    const last = Math.min(first + membersAPiece, patients.size);
    const members: string[] = [];
    for (let place = first; place < last; place += 1)
      members.push(`{"entity":{"reference":"Patient/${patients.at(place)}"}}`);
    yield `${first === 0 ? '' : ','}${members.join(',')}`;
  }
  yield ']}';
}
