import type { ObservationEvent } from '../../../core/events/patient-event.js';
import { observationCategory, unknownValue } from '../code-tables.js';
import { dateTimeText } from '../json/moment-text.js';
import { observationProfile } from '../profiles.js';
import type { RecordScope } from '../record-scope.js';
import { valueJson } from './value-json.js';

type Category = ObservationEvent['category'];

const categories = new Map<Category, string>(
  Object.entries(observationCategory).map(([category, coding]) => [
    category as Category,
    `,"status":"final","category":[{"coding":[${JSON.stringify(coding)}]}],"code":`,
  ]),
);
const unknown = `,"dataAbsentReason":{"coding":[${JSON.stringify(unknownValue)}]}`;

/** An Observation. What has neither value nor parts says so. */
export function observationJson(event: ObservationEvent, scope: RecordScope): string {
  const { codes } = scope.context;
  const { open, rest } = scope.context.head('Observation', observationProfile(event));
  const start = `${open}${scope.id('Observation', event.key)}${rest}${categories.get(event.category) ?? ''}`;
  const when = `,"effectiveDateTime":"${dateTimeText(event.start)}"`;
  const about = `${codes.concept(event.codes)},${scope.subject}${scope.inEncounter(event.encounter)}${when}`;
  return `${start}${about}${findingJson(event, scope)}}`;
}

function findingJson({ value, components }: ObservationEvent, scope: RecordScope): string {
  const { codes } = scope.context;
  if (value !== undefined) {
    if (components.length > 0) throw new Error('it has both a value and parts');
    return valueJson(value, codes);
  }
  if (components.length === 0) return unknown;
  const parts = components.map(
    (part) => `{"code":${codes.concept(part.codes)}${valueJson(part.value, codes)}}`,
  );
  return `,"component":[${parts.join(',')}]`;
}
