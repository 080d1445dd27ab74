import { createHash } from 'node:crypto';
import type { Provider } from '../demographics/demographics.js';
import type { Patient } from '../population/population.js';
import { cleanCell, type CsvLines } from './csv-lines.js';

/** Encounters of these classes are at the hospital, all others at the practice. */
const hospitalClasses = new Set(['inpatient', 'emergency', 'hospice', 'snf', 'urgentcare']);

/** How often an organisation was visited. */
export interface Utilisation {
  readonly provider: Provider;
  encounters: number;
  procedures: number;
}

/** Whether encounters of a class are at the hospital. */
export function isAtHospital(encounterClass: string): boolean {
  return hospitalClasses.has(encounterClass);
}

/** The organisation of an encounter of a class. */
export function providerOf({ demographics }: Patient, encounterClass: string): Provider {
  return isAtHospital(encounterClass) ? demographics.hospital : demographics.practice;
}

/** The identifier that the code of an organisation fixes. */
export function organisationId({ code }: Provider): string {
  return uuidOfText(`organisation/${code}`);
}

/** The one invented clinician of an organisation. */
export function clinicianId({ code }: Provider): string {
  return uuidOfText(`clinician/${code}`);
}

/** Counts of visits by organisation; what several workers counted is put together in the order of the codes. */
export class Utilisations {
  readonly #byCode = new Map<string, Utilisation>();

  count(provider: Provider, { encounters, procedures }: { encounters: number; procedures: number }): void {
    const known = this.#byCode.get(provider.code) ?? { provider, encounters: 0, procedures: 0 };
    known.encounters += encounters;
    known.procedures += procedures;
    this.#byCode.set(provider.code, known);
  }

  all(): readonly Utilisation[] {
    return [...this.#byCode.values()].sort((a, b) => (a.provider.code < b.provider.code ? -1 : 1));
  }

  writeTo(lines: CsvLines): void {
    for (const { provider, encounters, procedures } of this.all()) {
      const [name, city, state] = [provider.name, provider.city, provider.state].map(cleanCell);
      const place = ['', city ?? '', state ?? '', '', '', ''];
      const id = organisationId(provider);
      lines.add('organizations', [id, name ?? '', ...place, '', '', encounters]);
      const clinician = [clinicianId(provider), id, `Synthetic clinician of ${name ?? ''}`];
      lines.add('providers', [...clinician, '', 'GENERAL PRACTICE', ...place, encounters, procedures]);
    }
  }
}

function uuidOfText(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
