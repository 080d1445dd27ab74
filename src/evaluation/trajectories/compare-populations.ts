import { ageBands, bandOf, lastAge, type CodeCounts, type PopulationSample } from './patient-sample.js';
import { compareMeans, compareSamples, compareShares, falseDiscoveryRates, twoSided } from './tests.js';

/** One compared figure. `verdict` is of the test of equivalence where there is one. */
export interface ComparedFigure {
  readonly section: string;
  readonly name: string;
  readonly left: number;
  readonly right: number;
  /** z, or the Kolmogorov-Smirnov distance. */
  readonly statistic: number;
  readonly p: number;
  /** Benjamini-Hochberg over the figures of the section. */
  readonly q: number;
  readonly verdict: 'equal' | 'differs' | 'not shown';
}

/** Below this many cases on both sides together nothing can be said of a code. */
const casesLeast = 20;
const topConditions = 50;
const discovery = 0.05;
const medians = [
  ['39156-5', 'BMI'],
  ['8480-6', 'systolic blood pressure'],
  ['4548-4', 'HbA1c'],
] as const;

/** Everything that two folders can be compared in; the time from onset to diagnosis is not in the files. */
export function comparePopulations(
  left: PopulationSample,
  right: PopulationSample,
): readonly ComparedFigure[] {
  return [
    ...prevalence(left, right),
    ...prevalenceByStratum(left, right),
    ...mortality(left, right),
    ...onsetAges(left, right),
    ...perPatient('encounters per patient', left, right, (of) => of.encounters),
    ...perPatient('medications per patient', left, right, (of) => of.medications),
    ...perPatient('procedures per patient', left, right, (of) => of.procedures),
    ...perPatient('observations per patient', left, right, (of) => of.observations),
    ...durations(left, right),
    ...coOccurrence(left, right),
    ...measurements(left, right),
  ];
}

type Raw = Omit<ComparedFigure, 'section' | 'q' | 'verdict'> & { readonly isEqual?: boolean };

function section(name: string, raw: readonly Raw[]): ComparedFigure[] {
  const rates = falseDiscoveryRates(raw.map(({ p }) => p));
  return raw.map(({ isEqual, ...one }, index) => {
    const q = rates[index] ?? 1;
    const verdict = q < discovery ? 'differs' : isEqual === true ? 'equal' : 'not shown';
    return { section: name, ...one, q, verdict };
  });
}

function prevalence(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const raw = codesOf(left.conditions, right.conditions).map(({ code, display, a, b }) => {
    const test = compareShares(
      { count: a?.patients.size ?? 0, of: left.patients.size },
      { count: b?.patients.size ?? 0, of: right.patients.size },
    );
    return { ...test, name: `${code} ${display}`, statistic: test.z };
  });
  return section('patients with a condition', raw);
}

function prevalenceByStratum(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const [strataLeft, strataRight] = [strataOf(left), strataOf(right)];
  const raw = codesOf(left.conditions, right.conditions).flatMap(({ code, display, a, b }) =>
    [...strataLeft].flatMap(([stratum, members]) => {
      const others = strataRight.get(stratum) ?? new Set();
      const [inLeft, inRight] = [overlap(a, members), overlap(b, others)];
      if (inLeft + inRight < casesLeast) return [];
      const test = compareShares({ count: inLeft, of: members.size }, { count: inRight, of: others.size });
      return [{ ...test, name: `${code} ${display}, ${stratum}`, statistic: test.z }];
    }),
  );
  return section('patients with a condition, by sex and age', raw);
}

function mortality(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const deadOf = (of: PopulationSample, ids: ReadonlySet<string>): number =>
    [...ids].filter((id) => of.patients.get(id)?.death !== null).length;
  const [strataLeft, strataRight] = [strataOf(left), strataOf(right)];
  const raw = [...strataLeft].map(([stratum, members]) => {
    const others = strataRight.get(stratum) ?? new Set<string>();
    const test = compareShares(
      { count: deadOf(left, members), of: members.size },
      { count: deadOf(right, others), of: others.size },
    );
    return { ...test, name: stratum, statistic: test.z };
  });
  return section('dead, by sex and age', raw);
}

function onsetAges(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const raw = codesOf(left.conditions, right.conditions).map(({ code, display }) => {
    const [a, b] = [left.onsets.get(code) ?? [], right.onsets.get(code) ?? []];
    const { d, p } = compareSamples(a, b);
    return { name: `${code} ${display}`, left: median(a), right: median(b), statistic: d, p };
  });
  return section('median age at the first record of a condition', raw);
}

function perPatient(
  name: string,
  left: PopulationSample,
  right: PopulationSample,
  of: (sample: PopulationSample) => ReadonlyMap<string, CodeCounts>,
): ComparedFigure[] {
  const raw = codesOf(of(left), of(right)).map(({ code, display, a, b }) => {
    const test = compareMeans(
      { counts: a?.patients.values() ?? [], of: left.patients.size },
      { counts: b?.patients.values() ?? [], of: right.patients.size },
    );
    return { ...test, name: `${code} ${display}`, statistic: test.z };
  });
  return section(name, raw);
}

function durations(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const raw = codesOf(left.medications, right.medications).flatMap(({ code, display }) => {
    const [a, b] = [left.durations.get(code) ?? [], right.durations.get(code) ?? []];
    if (a.length + b.length < casesLeast) return [];
    const { d, p } = compareSamples(a, b);
    return [{ name: `${code} ${display}`, left: median(a), right: median(b), statistic: d, p }];
  });
  return section('median days of a medication', raw);
}

/** Phi of pairs of the most frequent conditions; compared by Fisher's z. */
function coOccurrence(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const top = codesOf(left.conditions, right.conditions)
    .sort((x, y) => (y.a?.patients.size ?? 0) - (x.a?.patients.size ?? 0))
    .slice(0, topConditions);
  const error = Math.sqrt(1 / Math.max(1, left.patients.size - 3) + 1 / Math.max(1, right.patients.size - 3));
  const raw = top.flatMap((one, index) =>
    top.slice(index + 1).map((other) => {
      const a = phi(one.a, other.a, left.patients.size);
      const b = phi(one.b, other.b, right.patients.size);
      const z = (Math.atanh(clamp(b)) - Math.atanh(clamp(a))) / error;
      return { name: `${one.code} with ${other.code}`, left: a, right: b, statistic: z, p: twoSided(z) };
    }),
  );
  return section('co-occurrence (phi)', raw);
}

function measurements(left: PopulationSample, right: PopulationSample): ComparedFigure[] {
  const raw = medians.flatMap(([code, name]) =>
    ageBands.flatMap(([band]) => {
      const [a, b] = [left, right].map((of) =>
        (of.values.get(code) ?? []).filter(([age]) => bandOf(age) === band).map(([, value]) => value),
      );
      if ((a?.length ?? 0) === 0 || (b?.length ?? 0) === 0) return [];
      const { d, p } = compareSamples(a ?? [], b ?? []);
      return [{ name: `${name}, ${band}`, left: median(a ?? []), right: median(b ?? []), statistic: d, p }];
    }),
  );
  return section('median measurements, by age', raw);
}

interface PairedCode {
  readonly code: string;
  readonly display: string;
  readonly a: CodeCounts | undefined;
  readonly b: CodeCounts | undefined;
}

function codesOf(
  left: ReadonlyMap<string, CodeCounts>,
  right: ReadonlyMap<string, CodeCounts>,
): PairedCode[] {
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((code) => {
    const [a, b] = [left.get(code), right.get(code)];
    if ((a?.patients.size ?? 0) + (b?.patients.size ?? 0) < casesLeast) return [];
    return [{ code, display: a?.display ?? b?.display ?? '', a, b }];
  });
}

function strataOf({ patients, last }: PopulationSample): ReadonlyMap<string, ReadonlySet<string>> {
  const strata = new Map<string, Set<string>>();
  for (const sex of ['F', 'M']) for (const [band] of ageBands) strata.set(`${sex} ${band}`, new Set());
  for (const [id, patient] of patients)
    strata.get(`${patient.sex} ${bandOf(lastAge(patient, last))}`)?.add(id);
  return strata;
}

function overlap(counts: CodeCounts | undefined, members: { has(id: string): boolean }): number {
  let both = 0;
  for (const id of counts?.patients.keys() ?? []) if (members.has(id)) both += 1;
  return both;
}

function phi(one: CodeCounts | undefined, other: CodeCounts | undefined, of: number): number {
  const [a, b] = [one?.patients.size ?? 0, other?.patients.size ?? 0];
  const spread = Math.sqrt(a * (of - a) * b * (of - b));
  return spread === 0 ? 0 : (overlap(one, other?.patients ?? new Map()) * of - a * b) / spread;
}

function clamp(correlation: number): number {
  return Math.max(-0.999999, Math.min(0.999999, correlation));
}

function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
