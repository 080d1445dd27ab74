import type { Trajectory } from '../../src/generators/trajectories/simulate-person.js';
import { encounterTopics, eventTopics, lastingTopics } from './topics.js';

export const agesMax = 110;
export const year = 365.2425 * 86_400_000;
export type SexKey = 'M' | 'F';

/** Sums by sex and completed year of age. */
class ByAge {
  readonly M = new Float64Array(agesMax + 1);
  readonly F = new Float64Array(agesMax + 1);

  add(sex: SexKey, age: number, amount: number): void {
    const sums = this[sex];
    const at = Math.min(agesMax, Math.max(0, age));
    sums[at] = (sums[at] ?? 0) + amount;
  }

  merge(other: SumsByAge): void {
    for (const sex of ['M', 'F'] as const)
      other[sex].forEach((amount, age) => {
        this.add(sex, age, amount);
      });
  }
}

/** {@link ByAge} as it comes from another thread. */
type SumsByAge = Readonly<Record<SexKey, Float64Array>>;

/** {@link Tally} as it comes from another thread. */
export interface TallySums {
  readonly lived: SumsByAge;
  readonly persons: SumsByAge;
  readonly deaths: SumsByAge;
  readonly affected: ReadonlyMap<string, SumsByAge>;
  readonly events: ReadonlyMap<string, SumsByAge>;
}

/** Person-years, person-years with a condition, and events, within a window of the calendar. */
export class Tally {
  readonly lived = new ByAge();
  readonly persons = new ByAge();
  readonly deaths = new ByAge();
  readonly affected = new Map<string, ByAge>();
  readonly events = new Map<string, ByAge>();

  constructor(
    readonly from: number,
    readonly until: number,
  ) {}

  merge(other: TallySums): void {
    this.lived.merge(other.lived);
    this.persons.merge(other.persons);
    this.deaths.merge(other.deaths);
    for (const [topic, sums] of other.affected) sumsOf(this.affected, topic).merge(sums);
    for (const [topic, sums] of other.events) sumsOf(this.events, topic).merge(sums);
  }

  add({ person, record }: Trajectory): void {
    const life = { sex: person.sex, birth: person.birth, end: Math.min(person.death, this.until) };
    this.#addSpan(this.lived, life, life.birth, life.end);
    this.#addPersons(life);
    if (person.death < this.until) this.#addEvent(this.deaths, life, person.death);
    const codeOf = (list: number): string => person.names.codes.listAt(list)[0]?.code ?? '';
    const { conditions, procedures, encounters } = record;
    const begun = [conditions, procedures].flatMap((rows) =>
      Array.from({ length: rows.count }, (_, row) => ({
        code: codeOf(rows.codes.at(row)),
        start: rows.start.at(row),
        stop: rows.stop.at(row),
      })),
    );
    for (const [topic, codes] of Object.entries(lastingTopics)) {
      const spans = begun.filter(({ code }) => codes.includes(code));
      this.#addMerged(sumsOf(this.affected, topic), life, spans);
    }
    for (const [topic, codes] of Object.entries(eventTopics))
      for (const { code, start } of begun)
        if (codes.includes(code)) this.#addEvent(sumsOf(this.events, topic), life, start);
    for (let row = 0; row < encounters.count; row += 1)
      for (const [topic, code] of Object.entries(encounterTopics))
        if (codeOf(encounters.codes.at(row)) === code)
          this.#addEvent(sumsOf(this.events, topic), life, encounters.start.at(row));
  }

  /** Spans that overlap count once; one without a stop lasts to the end of life. */
  #addMerged(sums: ByAge, life: Life, spans: readonly { start: number; stop: number }[]): void {
    let covered = -Infinity;
    for (const { start, stop } of [...spans].sort((left, right) => left.start - right.start)) {
      const end = Number.isNaN(stop) ? life.end : stop;
      this.#addSpan(sums, life, Math.max(start, covered), end);
      covered = Math.max(covered, end);
    }
  }

  #addSpan(sums: ByAge, life: Life, start: number, stop: number): void {
    const end = Math.min(stop, life.end);
    for (let at = Math.max(start, this.from); at < end;) {
      const age = Math.floor((at - life.birth) / year);
      const next = Math.min(end, life.birth + (age + 1) * year);
      sums.add(life.sex, age, (next - at) / year);
      at = next > at ? next : end;
    }
  }

  #addPersons({ sex, birth, end }: Life): void {
    const first = Math.floor((Math.max(birth, this.from) - birth) / year);
    if (end > this.from)
      for (let age = first; age <= (end - birth) / year; age += 10) this.persons.add(sex, age, 1);
  }

  #addEvent(sums: ByAge, { sex, birth, end }: Life, time: number): void {
    if (time >= this.from && time <= end) sums.add(sex, Math.floor((time - birth) / year), 1);
  }
}

interface Life {
  readonly sex: SexKey;
  readonly birth: number;
  readonly end: number;
}

function sumsOf(map: Map<string, ByAge>, topic: string): ByAge {
  const known = map.get(topic);
  if (known !== undefined) return known;
  const made = new ByAge();
  map.set(topic, made);
  return made;
}
