import { countText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { onceAContext } from '../once-a-context.js';
import type { FormatFindings } from './format-findings.js';
import type { RecordContext } from './record-context.js';
import { surveyOf } from './record-survey.js';

const fhirOf = onceAContext(({ formats }: RecordContext) => formats.fhir?.() ?? Promise.resolve(null));
const omopOf = onceAContext(({ formats }: RecordContext) => formats.omop?.() ?? Promise.resolve(null));

const formatsAgree: Measure<RecordContext> = {
  name: 'formats-agree',
  title: 'The same persons in every format',
  direction: 'lower',
  async run(context) {
    const { persons } = await surveyOf(context);
    const others = [await fhirOf(context), await omopOf(context)].flatMap((found) => found ?? []);
    const value = others.reduce((sum, found) => sum + Math.abs(found.persons - persons), 0);
    const counts = [persons, ...others.map((found) => found.persons)].map(countText).join(', ');
    return { value, direction: 'lower', explanation: `Persons by format: ${counts}.` };
  },
};

/** Checks of the formats that the records are in beside their own; of one that was not asked for there is nothing to find. */
export const formatMeasures: readonly Measure<RecordContext>[] = [
  ofFormat('fhir-validity', 'Valid FHIR', fhirOf, (found) => [
    found.failures,
    `Of ${plural(found.checked, 'FHIR resource')}, ${plural(found.failures, 'error was', 'errors were')} found.`,
  ]),
  ofFormat('omop-conformance', 'Sound OMOP tables', omopOf, (found) => [
    found.failures,
    `Of ${plural(found.checked, 'data-quality check')}, ${countText(found.failures)} of the fatal ones failed.`,
  ]),
  ofFormat('omop-conventions', 'OMOP as its conventions have it', omopOf, (found) => [
    found.doubts,
    `Of ${plural(found.checked, 'data-quality check')}, ${countText(found.doubts)} of conventions failed; codes that the vocabulary lacks are among the reasons.`,
  ]),
  formatsAgree,
];

function ofFormat(
  name: string,
  title: string,
  findingsOf: (context: RecordContext) => Promise<FormatFindings | null>,
  count: (found: FormatFindings) => [value: number, explanation: string],
): Measure<RecordContext> {
  return {
    name,
    title,
    direction: 'lower',
    async run(context) {
      const found = await findingsOf(context);
      if (found === null)
        return { value: 0, direction: 'lower', explanation: 'This format was not asked for.' };
      const [value, explanation] = count(found);
      return { value, direction: 'lower', explanation: [explanation, ...found.examples].join(' ') };
    },
  };
}
