import { groupBy } from '../../src/core/collections/group-by.js';
import { news2 } from './news2.js';
import { compilePack, simulateLives, type Happening, type Life, type Measured } from './simulated-population.js';

const hour = 3_600_000;
const compiled = await compilePack();
const older = simulateLives(compiled, 60, 84);
const younger = simulateLives(compiled, 20, 40);
const lives = [...older, ...younger];

const has = (entries: readonly Happening[], codes: readonly string[]): boolean =>
  entries.some(({ code }) => codes.includes(code));

describe('the clinical modules in the engine', () => {
  it('compile without a finding', () => {
    expect(compiled.problems).toEqual([]);
  });

  it('give each sex what only it can have', () => {
    const women = lives.filter(({ sex }) => sex === 'F');
    const men = lives.filter(({ sex }) => sex === 'M');
    const ofWomen = ['77386006', '171149006', '24623002', '48782003', '11466000', '363443007', '11687002'];
    const ofMen = ['399068003', '90470006'];
    const all = ({ conditions, procedures }: Life): Happening[] => [...conditions, ...procedures];
    expect(men.filter((life) => has(all(life), ofWomen)).map(({ index }) => index)).toEqual([]);
    expect(women.filter((life) => has(all(life), ofMen)).map(({ index }) => index)).toEqual([]);
    expect(women.filter((life) => has(all(life), ofWomen)).length).toBeGreaterThan(20);
    expect(men.some((life) => has(all(life), ofMen))).toBe(true);
  });
});

/** A medicine, by its first code, and the conditions one of which must have been recorded before or with it. */
const indications: readonly (readonly [medicine: string, conditions: readonly string[]])[] = [
  ['Metformin', ['44054006']],
  ['Gliclazide', ['44054006']],
  ['Donepezil', ['26929004']],
  ['Levothyroxine', ['40930008']],
  ['Letrozole', ['254837009']],
  ['Tamoxifen', ['254837009']],
  ['Amlodipine', ['59621000']],
  ['Indapamide', ['59621000']],
  ['Apixaban', ['49436004']],
  ['Warfarin', ['49436004']],
  ['Furosemide', ['84114007']],
  ['Tiotropium', ['13645005']],
  ['Salbutamol', ['13645005', '195967001']],
  ['Sertraline', ['35489007']],
  ['Nitrofurantoin', ['68566005']],
  ['Alendronic', ['64859006']],
  ['Atorvastatin', ['44054006', '414545008', '700378005', '700379002', '431857002', '422504002', '274100004', '266257000']],
  ['Ramipril', ['59621000', '414545008', '84114007', '700378005', '700379002', '431857002']],
];

describe('medicines', () => {
  it.each(indications)('%s is for what it is given for', (medicine, reasons) => {
    const orders = lives.flatMap((life) =>
      life.medications
        .filter(({ display }) => display.startsWith(medicine))
        .map((order) => ({ order, before: life.conditions.filter(({ start }) => start <= order.start) })),
    );
    expect(orders.filter(({ before }) => !has(before, reasons)).map(({ order }) => order)).toEqual([]);
  });

  it('are seen at all', () => {
    const seen = indications.filter(([medicine]) =>
      lives.some(({ medications }) => medications.some(({ display }) => display.startsWith(medicine))),
    );
    expect(seen.length).toBeGreaterThan(13);
  });

  it('are not prescribed before they could be', () => {
    const firstYears: readonly (readonly [string, number])[] = [
      ['Apixaban', 2013],
      ['Dapagliflozin', 2014],
      ['Empagliflozin', 2014],
      ['Donepezil', 1997],
      ['Atorvastatin', 2006],
    ];
    const early = lives.flatMap(({ medications }) =>
      medications.filter(({ display, start }) =>
        firstYears.some(([name, year]) => display.startsWith(name) && start < Date.UTC(year, 0)),
      ),
    );
    expect(early).toEqual([]);
  });
});

const admissionCodes = ['183452005', '305351004', '394656005'];
const admissions = lives.flatMap((life) =>
  life.stays
    .filter(({ code, encounterClass }) => admissionCodes.includes(code) && encounterClass === 'inpatient')
    .map((stay) => ({ life, stay })),
);
const timesOf = (observations: readonly Measured[], display: string): number[] =>
  observations.filter((one) => one.display === display).map(({ time }) => time);
const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - (times[at] ?? 0));

describe('stays in hospital', () => {
  it('happen, on wards and in intensive care', () => {
    expect(admissions.length).toBeGreaterThan(100);
    expect(admissions.some(({ stay }) => stay.code === '305351004')).toBe(true);
  });

  it('have vital signs every hour in the first twelve, and never more than four hours apart', () => {
    for (const { stay } of admissions) {
      const gaps = gapsOf(timesOf(stay.observations, 'Heart rate'));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(4 * hour);
      expect(new Set(gaps.slice(0, 12)).size).toBeLessThanOrEqual(1);
      expect(Math.min(...[hour, ...gaps])).toBe(hour);
    }
  });

  it('are watched hourly in intensive care throughout', () => {
    const units = admissions.filter(({ stay }) => stay.code === '305351004');
    const gaps = units.flatMap(({ stay }) => gapsOf(timesOf(stay.observations, 'Heart rate')));
    expect(new Set(gaps)).toEqual(new Set([hour]));
  });

  it('score by NEWS2 what was measured with it', () => {
    let scored = 0;
    for (const { stay } of admissions) {
      const sets = groupBy(stay.observations, ({ time }) => String(time));
      for (const total of stay.observations.filter(({ display }) => display === 'NEWS2 total score')) {
        const set = sets.get(String(total.time)) ?? [];
        const value = (display: string): number => set.find((one) => one.display === display)?.value ?? NaN;
        const expected = news2({
          respiratoryRate: value('Respiratory rate'),
          saturation: value('Oxygen saturation (SpO2)'),
          onOxygen: set.some(({ display }) => display === 'Inspired oxygen flow'),
          systolic: value('Systolic blood pressure'),
          heartRate: value('Heart rate'),
          isAlert: value('Glasgow coma score') === 15,
          temperature: value('Body temperature'),
        });
        if (expected !== total.value) expect({ set, expected }).toEqual({ set, expected: total.value });
        scored += 1;
      }
    }
    expect(scored).toBeGreaterThan(1000);
  });

  it('end with a destination; who died there is dead', () => {
    // A stay lasts a day at least in the record, so that the ward after a short intensive care begins before its end.
    const over = admissions.filter(({ life, stay }) => stay.stop <= Math.min(life.death, Date.UTC(2024, 0)));
    const last = over.filter(({ life, stay }) => !life.stays.some(({ code, start }) => start > stay.start && start <= stay.stop && admissionCodes.includes(code)));
    expect(last.filter(({ stay }) => stay.disposition === '').map(({ stay }) => stay)).toEqual([]);
    const died = admissions.filter(({ stay }) => stay.disposition === '79');
    expect(died.length).toBeGreaterThan(5);
    const daysAfter = died.map(({ life, stay }) => Math.abs(life.death - stay.stop) / (24 * hour));
    expect(daysAfter.filter((days) => days > 1)).toEqual([]);
  });
});
