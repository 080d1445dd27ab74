import { figureText } from '../../figure.js';
import { distanceCaveat, privacyMeasure } from '../privacy-measure.js';
import { meanOverRows, nearestRecords } from './nearest-records.js';
import type { RecordDistance } from './nearest-records.js';

/** Keeps the ratio of two copies at 1 (mostlyai-qa). */
const tiny = 1e-8;

/**
 * Nearest-neighbour distance ratio: distance of the closest over the second closest record. A row made from one person
 * has a small one. The difference between held-out and training records; the value is its interval's lower end.
 */
export const nearestNeighbourRatio = privacyMeasure({
  name: 'nearest-neighbour-ratio',
  title: 'No single record stands out as the closest',
  version: '1',
  async find(compared) {
    const records = await nearestRecords(compared);
    const ratio = (distance: RecordDistance, row: number): number =>
      (distance(row, 0) + tiny) / (distance(row, 1) + tiny);
    const random = compared.random.fork('nearest-neighbour-ratio');
    const given = { spread: 0, random };
    const train = meanOverRows(records, (row) => ratio(records.train, row), given).mean;
    const holdout = meanOverRows(records, (row) => ratio(records.holdout, row), given).mean;
    const difference = (row: number): number => ratio(records.holdout, row) - ratio(records.train, row);
    const { interval } = meanOverRows(records, difference, given);
    const explanation =
      `On average the closest record learned from is ${figureText(train)} times as far away as the second closest; ` +
      `among records never seen it is ${figureText(holdout)}. Clearly less among those learned from would point at ` +
      `rows made from one person. ${distanceCaveat}`;
    return { value: Math.max(0, interval.low), interval, explanation };
  },
});
