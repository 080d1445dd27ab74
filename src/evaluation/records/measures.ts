import { countText, plural } from '../figure.js';
import type { Measure } from '../measure.js';
import { syntheticLabel } from '../validity/synthetic-label.js';
import { formatMeasures } from './format-measures.js';
import type { RecordContext } from './record-context.js';
import { type RecordSurvey, surveyOf } from './record-survey.js';

const personsComplete: Measure<RecordContext> = {
  name: 'persons-complete',
  title: 'As many persons as were asked for',
  direction: 'higher',
  async run(context) {
    const { persons } = await surveyOf(context);
    const asked = context.personsRequested;
    return {
      // One too many is as wrong as one too few.
      value: Math.min(persons, asked) / Math.max(persons, asked, 1),
      direction: 'higher',
      explanation: `${plural(asked, 'person')} were asked for, ${countText(persons)} are there.`,
    };
  },
};

/** Every check of simulated records, in the order people read them. */
export const recordMeasures: readonly Measure<RecordContext>[] = [
  personsComplete,
  counted('repeated-keys', 'Keys are unique', ({ repeatedKeys, persons, encounters, events }) => [
    repeatedKeys,
    `Of ${plural(persons + encounters + events, 'key')}, ${countText(repeatedKeys)} belong to more than one.`,
  ]),
  counted('dangling-references', 'What is referred to is there', ({ dangling }) => [
    dangling,
    `${plural(dangling, 'event')} refer to something that the record does not have.`,
  ]),
  counted(
    'events-outside-life',
    'Nothing before birth or after death',
    ({ outsideLife, encounters, events }) => [
      outsideLife,
      `Of ${plural(encounters + events, 'encounter and event', 'encounters and events')}, ${countText(outsideLife)} begin before birth or after death, or end before they begin.`,
    ],
  ),
  counted('unreserved-numbers', 'No number that a patient may have', ({ unreservedNumbers, persons }) => [
    unreservedNumbers,
    `Of the numbers of ${plural(persons, 'person')}, ${countText(unreservedNumbers)} are not of the range that the NHS keeps for tests.`,
  ]),
  ...formatMeasures,
  syntheticLabel,
];

function counted(
  name: string,
  title: string,
  count: (survey: RecordSurvey) => [value: number, explanation: string],
): Measure<RecordContext> {
  return {
    name,
    title,
    direction: 'lower',
    async run(context) {
      const [value, explanation] = count(await surveyOf(context));
      return { value, direction: 'lower', explanation };
    },
  };
}
