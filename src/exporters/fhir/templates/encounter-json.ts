import type { Encounter, EncounterClass, Stay } from '../../../core/events/encounter.js';
import { encounterClass, ward } from '../code-tables.js';
import { periodJson } from './period-json.js';
import type { RecordScope } from '../record-scope.js';

const classes = new Map<EncounterClass, string>(
  Object.entries(encounterClass).map(([name, coding]) => [name as EncounterClass, JSON.stringify(coding)]),
);
const wardType = JSON.stringify({ coding: [ward] });
/** What a stay without a place in the directory is called. */
export const stayNames = { ward: 'Ward', 'intensive-care': 'Intensive care' } as const;

/** An Encounter; its stays are its locations. */
export function encounterJson(encounter: Encounter, scope: RecordScope): string {
  const { codes } = scope.context;
  const { open, rest } = scope.context.head('Encounter', 'UKCore-Encounter');
  const status = `,"status":"${encounter.end === undefined ? 'in-progress' : 'finished'}"`;
  let json = `${open}${scope.id('Encounter', encounter.key)}${rest}${status},"class":${classes.get(encounter.class) ?? ''}`;
  if (encounter.codes.length > 0) json += `,"type":[${codes.concept(encounter.codes)}]`;
  json += `,${scope.subject}`;
  if (encounter.practitioner !== undefined) {
    const reference = scope.context.shared('Practitioner', encounter.practitioner);
    json += `,"participant":[{"individual":{"reference":"${reference}"}}]`;
  }
  json += `,"period":${periodJson(encounter.start, encounter.end)}`;
  if (encounter.reason !== undefined)
    json += `,"reasonCode":[{"coding":[${codes.coding(encounter.reason)}]}]`;
  return `${json}${hospitalizationJson(encounter, scope)}${placesJson(encounter, scope)}}`;
}

function hospitalizationJson({ admittedFrom, dischargedTo }: Encounter, scope: RecordScope): string {
  const { codes } = scope.context;
  const parts: string[] = [];
  if (admittedFrom !== undefined) parts.push(`"admitSource":{"coding":[${codes.coding(admittedFrom)}]}`);
  if (dischargedTo !== undefined)
    parts.push(`"dischargeDisposition":{"coding":[${codes.coding(dischargedTo)}]}`);
  return parts.length === 0 ? '' : `,"hospitalization":{${parts.join(',')}}`;
}

function placesJson({ stays, organisation }: Encounter, scope: RecordScope): string {
  let json = '';
  if (stays.length > 0) json = `,"location":[${stays.map((stay) => stayJson(stay, scope)).join(',')}]`;
  if (organisation !== undefined)
    json += `,"serviceProvider":{"reference":"${scope.context.shared('Organization', organisation)}"}`;
  return json;
}

function stayJson(stay: Stay, scope: RecordScope): string {
  const place =
    stay.location === undefined
      ? `"display":"${stayNames[stay.kind]}"`
      : `"reference":"${scope.context.shared('Location', stay.location)}"`;
  const status = stay.end === undefined ? 'active' : 'completed';
  const period = periodJson(stay.start, stay.end);
  return `{"location":{${place}},"status":"${status}","physicalType":${wardType},"period":${period}}`;
}
