import type { ConditionEvent } from '../../../core/events/patient-event.js';
import { conditionCategory, conditionConfirmed, conditionStatus } from '../code-tables.js';
import { checkOrder, dateTimeText } from '../json/moment-text.js';
import type { RecordScope } from '../record-scope.js';

const statuses = (status: 'active' | 'resolved', category: 'encounter-diagnosis' | 'problem-list-item') =>
  `,"clinicalStatus":{"coding":[${JSON.stringify(conditionStatus(status))}]}` +
  `,"verificationStatus":{"coding":[${JSON.stringify(conditionConfirmed)}]}` +
  `,"category":[{"coding":[${JSON.stringify(conditionCategory(category))}]}],"code":`;

const diagnosis = {
  active: statuses('active', 'encounter-diagnosis'),
  resolved: statuses('resolved', 'encounter-diagnosis'),
};
const problem = {
  active: statuses('active', 'problem-list-item'),
  resolved: statuses('resolved', 'problem-list-item'),
};

/** A Condition: resolved when it has ended; a diagnosis of its encounter, or else an item of the problem list. */
export function conditionJson(event: ConditionEvent, scope: RecordScope): string {
  const { open, rest } = scope.context.head('Condition', 'UKCore-Condition');
  const known = event.encounter === undefined ? problem : diagnosis;
  const start = dateTimeText(event.start);
  let times = `,"onsetDateTime":"${start}"`;
  if (event.end !== undefined) {
    const end = dateTimeText(event.end);
    checkOrder(start, end);
    times += `,"abatementDateTime":"${end}"`;
  }
  const status = known[event.end === undefined ? 'active' : 'resolved'];
  const about = `${scope.context.codes.concept(event.codes)},${scope.subject}${scope.inEncounter(event.encounter)}`;
  return `${open}${scope.id('Condition', event.key)}${rest}${status}${about}${times},"recordedDate":"${start}"}`;
}
