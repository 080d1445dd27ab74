import type { ReportEvent } from '../../../core/events/patient-event.js';
import { laboratoryReport } from '../code-tables.js';
import { dateTimeText } from '../json/moment-text.js';
import { isLaboratoryReport, reportProfile } from '../profiles.js';
import type { RecordScope } from '../record-scope.js';

const laboratory = `,"category":[{"coding":[${JSON.stringify(laboratoryReport)}]}]`;

/** A DiagnosticReport over observations of the same record. */
export function diagnosticReportJson(event: ReportEvent, scope: RecordScope): string {
  const isLaboratory = isLaboratoryReport(event, scope);
  const { open, rest } = scope.context.head('DiagnosticReport', reportProfile(event, isLaboratory));
  const category = isLaboratory ? laboratory : '';
  const start = `${open}${scope.id('DiagnosticReport', event.key)}${rest},"status":"final"${category},"code":`;
  const moment = dateTimeText(event.start);
  const issued = event.start.precision === 'second' ? `,"issued":"${moment}"` : '';
  const about = `${scope.context.codes.concept(event.codes)},${scope.subject}${scope.inEncounter(event.encounter)}`;
  return `${start}${about},"effectiveDateTime":"${moment}"${issued}${resultsJson(event, scope)}}`;
}

function resultsJson({ results }: ReportEvent, scope: RecordScope): string {
  if (results.length === 0) return '';
  const references = results.map((key) => {
    const { key: observation } = scope.event('observation', key);
    return `{"reference":"Observation/${scope.id('Observation', observation)}"}`;
  });
  return `,"result":[${references.join(',')}]`;
}
