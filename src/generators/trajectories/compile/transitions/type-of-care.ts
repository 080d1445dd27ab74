import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';
import type { Transition } from './odds.js';
import { cumulate, pick, targetOf } from './weighted-choice.js';

/**
 * Where somebody with complaints goes: ambulatory, emergency, telemedicine. The shares are those that GMF engines ship with
 * (`telemedicine_config.json`): before and from 2020, for those who lean on emergency care and for others.
 */
const shares = {
  before: { high: cumulate([0.65, 0.35, 0]), typical: cumulate([0.75, 0.25, 0]) },
  since: { high: cumulate([0.66, 0.25, 0.09]), typical: cumulate([0.56, 0.2, 0.24]) },
} as const;

const telemedicineStart = Date.UTC(2020, 0);
const leansOnEmergency = new Set(['medicaid', 'dual eligible', 'no_insurance', 'none']);

/** Chooses by date and by the attribute `insurance_status` (none, Medicaid and dual eligible lean on emergency care). */
export function compileTypeOfCare(fields: Fields, scope: Scope): Transition {
  const targets = ['ambulatory', 'emergency', 'telemedicine'].map((way) => targetOf(fields, way, scope));
  const insurance = scope.names.attributes.id('insurance_status');
  scope.findings.readAttributes.set(insurance, fields.place);
  const next: Transition['next'] = ({ person, stream }, time) => {
    const status = person.get(insurance);
    const leans = typeof status === 'string' && leansOnEmergency.has(status.toLowerCase());
    const of = time < telemedicineStart ? shares.before : shares.since;
    return targets[pick(leans ? of.high : of.typical, stream.uniform())] ?? 0;
  };
  return { next, odds: null };
}
