import { resolve } from 'node:path';
import { progressText } from './progress.js';
import { parseSettings } from './settings.js';

const given = { seed: '1', 'reference-date': '20260101' };

describe('the settings of a simulation', () => {
  it('have the usual values where nothing is said', () => {
    expect(parseSettings(given)).toMatchObject({
      ...{ population: 100, seed: '1', composition: 'survivors', formats: ['csv'], yearsOfHistory: 10 },
      ...{ end: Date.UTC(2026, 0, 1), referenceDate: Date.UTC(2026, 0, 1), cohort: null },
    });
  });

  it('read what was typed', () => {
    const typed = { gender: 'F', age: '60-65', module: ['diabetes*,copd'], 'end-date': '2027-02-28' };
    expect(parseSettings({ ...given, ...typed })).toMatchObject({
      ...{ sex: 'F', age: { low: 60, high: 65 }, only: ['diabetes*', 'copd'], end: Date.UTC(2027, 1, 28) },
    });
    expect(parseSettings({ ...given, vocabulary: 'athena' }).vocabulary).toBe(resolve('athena'));
    expect(parseSettings({ ...given, having: ['44054006'] })).toMatchObject({
      ...{ cohort: { having: ['44054006'], without: [] }, composition: 'living' },
    });
  });

  it.each([
    [{ seed: undefined }, 'Give a seed'],
    [{ 'reference-date': undefined }, 'Give the day'],
    [{ 'reference-date': '20260230' }, '--reference-date 20260230 is not a day'],
    [{ population: '0' }, '--population 0 is not a whole number from 1'],
    [{ population: '1e3' }, '--population 1e3 is not a whole number'],
    [{ gender: 'X' }, '--gender X: it is M or F.'],
    [{ age: '65-60' }, '--age 65-60'],
    [{ age: '0-111' }, '--age 0-111'],
    [{ format: 'xml' }, '--format xml: it is one of csv, ndjson,'],
    [{ format: 'csv,xml' }, '--format xml: it is one of'],
    [{ composition: 'all' }, '--composition all: it is one of survivors'],
    [{ seed: true }, '--seed takes one text.'],
  ])('refuse %j', (different, message) => {
    expect(() => parseSettings({ ...given, ...different })).toThrow(message);
  });
});

describe('progress', () => {
  it('says how fast it goes and how long it will take', () => {
    expect(progressText({ places: 25, patients: 30, total: 100, ms: 10_000 })).toBe(
      '[######..................] 30 patients, 3.0 a second, 0:30 left ',
    );
    expect(progressText({ places: 1, patients: 1, total: 1000, ms: 10_000 })).toContain('2:46:30 left');
  });
});
