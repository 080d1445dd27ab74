import type { Person } from '../person/person.js';
import type { VitalSignProvider } from '../person/vital-signs.js';

export type Named = readonly (readonly [string, VitalSignProvider])[];
/** A value that lies between the bound of a person's severity of diabetes and the next; `draw` is its place in a week. */
export type BySeverity = (bounds: readonly number[], draw: number) => VitalSignProvider;

/** By the severity of diabetes, mg/dL. */
const ofDiabetics = {
  cholesterol: [160, 200, 239, 259, 279, 300],
  triglycerides: [100, 150, 199, 499, 550, 600],
  hdl: [80, 59, 40, 20, 10, 0],
} as const;

/**
 * Total cholesterol (mg/dL) without diabetes: a level of the person, and what a week adds. With 11 % above 240, as NCHS data
 * brief 363 has it, about a mean of 189; how the spread is shared between people and weeks is our choice.
 */
const total = { mean: 189, people: 34, weeks: 24, least: 110, most: 330 } as const;
/** HDL (mg/dL) without diabetes. Who has low HDL keeps it; the shares are those of NCHS data brief 363. */
const ownHdl = { lowShare: { M: 0.266, F: 0.085 }, low: [26, 40], other: [40, 76], ofPerson: 0.7 } as const;

/** Places in the stream of the laboratory: those it uses for lipids. */
const draws = { cholesterol: 0, triglycerides: 1, hdl: 2, lowHdl: 24, cholesterolOfWeek: 26 } as const;
/** The step of what is drawn once in a life; those of weeks are greater. */
const once = 0;

/** Cholesterol, its parts and triglycerides. `severity` is the attribute of diabetes, `key` the stream. */
export function lipids(by: {
  readonly of: BySeverity;
  readonly severity: number;
  readonly key: number;
}): Named {
  const unlessDiabetic =
    (own: VitalSignProvider, ofDiabetic: VitalSignProvider): VitalSignProvider =>
    (person, time) => {
      const severity = person.get(by.severity);
      return typeof severity === 'number' && severity >= 1 ? ofDiabetic(person, time) : own(person, time);
    };
  const hdl = unlessDiabetic(
    (person, time) => hdlOfPerson(person, time, by.key),
    by.of(ofDiabetics.hdl, draws.hdl),
  );
  const cholesterol = unlessDiabetic(
    (person, time) => cholesterolOfPerson(person, time, by.key),
    by.of(ofDiabetics.cholesterol, draws.cholesterol),
  );
  const fats = by.of(ofDiabetics.triglycerides, draws.triglycerides);
  return [
    ['Total Cholesterol', cholesterol],
    ['Triglycerides', fats],
    ['HDL', hdl],
    // Friedewald, Levy and Fredrickson, Clinical Chemistry 18, 1972.
    ['LDL', (of, time) => cholesterol(of, time) - hdl(of, time) - 0.2 * fats(of, time)],
  ];
}

function cholesterolOfPerson(person: Person, time: number, key: number): number {
  const stream = person.stream(key);
  const { mean, people, weeks, least, most } = total;
  const ofPerson = people * stream.normalAt(once, draws.cholesterol);
  const ofWeek = weeks * stream.normalAt(1 + person.weekAt(time), draws.cholesterolOfWeek);
  return Math.max(least, Math.min(most, mean + ofPerson + ofWeek));
}

function hdlOfPerson(person: Person, time: number, key: number): number {
  const stream = person.stream(key);
  const isLow = stream.uniformAt(once, draws.lowHdl) < ownHdl.lowShare[person.sex];
  const [low, high] = isLow ? ownHdl.low : ownHdl.other;
  const level = stream.uniformAt(once, draws.hdl);
  const ofWeek = stream.uniformAt(1 + person.weekAt(time), draws.hdl);
  return low + (high - low) * (ownHdl.ofPerson * level + (1 - ownHdl.ofPerson) * ofWeek);
}
