import type { Names } from '../names.js';
import type { Person } from '../person/person.js';
import { streamKey } from '../person/stream.js';
import type { VitalSignProvider } from '../person/vital-signs.js';
import type { NativeModule } from './native-module.js';
import { msPerDay } from '../../../core/time/units.js';

type Range = readonly [low: number, high: number];

interface Side {
  readonly name: string;
  readonly normal: Range;
  readonly high: Range;
  readonly severe: Range;
  /** Standard deviation of what changes from week to week, before its sign. */
  readonly spread: number;
  /** What a changed way of living takes off at most, and the pressure below which it takes nothing off. */
  readonly living: { readonly most: number; readonly least: number };
  /** The place of its draws. */
  readonly draw: number;
}

const systolic: Side = {
  name: 'Systolic Blood Pressure',
  ...{ normal: [100, 139], high: [140, 160], severe: [160, 200] },
  ...{ spread: 8, living: { most: 14, least: 124 }, draw: 0 },
};
const diastolic: Side = {
  name: 'Diastolic Blood Pressure',
  ...{ normal: [70, 89], high: [90, 120], severe: [90, 120] },
  ...{ spread: 5, living: { most: 8, least: 78 }, draw: 1 },
};

const usual = { systolic: [11.5, 16.29], diastolic: [9.3, 11.7] } as const;
/** What a drug takes off (mmHg), by RxNorm code: the table of antihypertensive drugs of Synthea(TM) (Apache-2.0). */
const drugs: readonly (readonly [code: string, systolic: Range, diastolic: Range])[] = [
  ...[...['197499', '313988', '313096', '310818', '977880', '310798', '979492', '1091646', '1235144']],
  ...[...['830877', '197361', '308136', '905395', '197987', '197745', '314076', '866514', '866412']],
  ...[...['197381', '197383', '197626']],
].map((code) => [code, usual.systolic, diastolicOf(code)]);

const careplanCode = '443402002';
const adherence = 0.15;
const year = 365 * msPerDay;
const halfDay = 43_200_000;

/** A baseline for each state of hypertension, less what drugs and a changed way of living take off, and some noise. */
export const bloodPressure: NativeModule = {
  name: 'Blood Pressure',
  place: 'before-visits',
  provides: { attributes: [], vitalSigns: [systolic.name, diastolic.name] },
  bind: (names) => {
    const providers = [systolic, diastolic].map(
      (side) => [names.vitalSigns.id(side.name), pressure(names, side)] as const,
    );
    return {
      begin: (person) => {
        for (const [id, provider] of providers) person.vitalSigns.provide(id, provider);
      },
    };
  },
};

function pressure(names: Names, side: Side): VitalSignProvider {
  const key = streamKey('native/Blood Pressure');
  const [high, severe] = [names.attributes.id('hypertension'), names.attributes.id('hypertension_severe')];
  const effects = drugs.map(
    ([code, ...ranges]) => [names.codes.keys.id(code), ranges[side.draw] ?? usual.systolic] as const,
  );
  const careplan = names.codes.keys.id(careplanCode);
  return (person, time) => {
    const stream = person.stream(key);
    const isHigh = person.get(high) === true;
    const [low, top] = isHigh ? (person.get(severe) === true ? side.severe : side.high) : side.normal;
    const baseline =
      low +
      (top - low) * stream.uniformAt(0, 2 * side.draw + (isHigh ? 1 : 0)) +
      (person.sex === 'M' ? 1 : -1);
    const ofDrugs = effects.reduce(
      (sum, [drug, [least, most]], index) =>
        person.record.present.get(drug)?.kind === 'medication'
          ? sum + least + (most - least) * stream.uniformAt(1, 2 * index + side.draw)
          : sum,
      0,
    );
    const sign = Math.floor(time / halfDay) % 2 === 0 ? 1 : -1;
    const noise = Math.abs(stream.normalAt(3 + person.weekAt(time), 2 * side.draw)) * side.spread;
    return (
      baseline -
      ofDrugs -
      byLiving(person, { side, careplan, baseline, adheres: stream.uniformAt(2) < adherence }, time) +
      sign * noise
    );
  };
}

/** Grows through the first year of the care plan of somebody who keeps to it. */
function byLiving(
  person: Person,
  of: { side: Side; careplan: number; baseline: number; adheres: boolean },
  time: number,
): number {
  const plan = person.record.present.get(of.careplan);
  if (plan?.kind !== 'carePlan' || !of.adheres) return 0;
  const { most, least } = of.side.living;
  const since = (time - person.record.buffers.carePlans.start.at(plan.row)) / year;
  return Math.max(0, Math.min(1, since)) * Math.min(Math.abs(of.baseline - least), most);
}

function diastolicOf(code: string): Range {
  if (code === '314076') return [7.2, 13.6];
  if (['866514', '866412', '197381', '197383'].includes(code)) return [8.7, 15.5];
  return code === '197626' ? [11.2, 13.8] : usual.diastolic;
}
