import type { Random } from '../../../core/random/random.js';
import type { Names } from '../names.js';
import { HealthRecord } from '../record/health-record.js';
import type { RecordBuffers } from '../record/record-buffers.js';
import { Ages } from './ages.js';
import type { AttributeValue } from './attribute-value.js';
import { Stream } from './stream.js';
import { Symptoms } from './symptoms.js';
import { UnknownVitalSign } from './unknown-vital-sign.js';
import { msPerDay } from '../../../core/time/units.js';

/**
 * The value of a vital sign at a moment. It is worked out when it is read: from attributes, and from numbers of a
 * stream at the week of life (`Stream.uniformAt(person.weekAt(time))`), so that two reads in one week agree.
 */
export type VitalSignProvider = (person: Person, time: number) => number;

/** The vital signs of one person, by number (`Names.vitalSigns`). A module may put its own provider over another. */
class VitalSigns {
  readonly #providers: (VitalSignProvider | undefined)[] = [];

  constructor(readonly person: Person) {}

  provide(vitalSign: number, provider: VitalSignProvider): void {
    this.#providers[vitalSign] = provider;
  }

  has(vitalSign: number): boolean {
    return this.#providers[vitalSign] !== undefined;
  }

  /** @throws {UnknownVitalSign} when nothing provides it */
  read(vitalSign: number, time: number): number {
    const provider = this.#providers[vitalSign];
    if (provider === undefined) throw new UnknownVitalSign(this.person.names.vitalSigns.name(vitalSign));
    return provider(this.person, time);
  }
}

export type Sex = 'F' | 'M';

/** Whom to simulate. `index` and the seed fix all random numbers of the person. */
export interface PersonInput {
  readonly index: number;
  /** Milliseconds since 1970 in UTC. */
  readonly birth: number;
  readonly sex: Sex;
  /** What is so from birth, by name: `race`, `ethnicity`, `state`, `socioeconomic_category`, `income`, ... */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

const week = 7 * msPerDay;

/** One simulated life: what modules read and write. */
export class Person {
  readonly index: number;
  readonly birth: number;
  readonly sex: Sex;
  readonly ages: Ages;
  readonly record: HealthRecord;
  readonly symptoms = new Symptoms();
  readonly vitalSigns = new VitalSigns(this);
  /** By number (`Names.attributes`); written by {@link set} alone. */
  readonly attributes: (AttributeValue | undefined)[] = [];
  /** The moment of death, which may lie ahead; Infinity while none is known. */
  death = Infinity;
  /** The list of codes of the cause of death; -1 where no module names one. */
  causeOfDeath = -1;
  onAttribute: (attribute: number) => void = () => undefined;
  readonly #streams = new Map<number, Stream>();

  constructor(
    input: PersonInput,
    readonly names: Names,
    readonly random: Random,
    buffers: RecordBuffers,
  ) {
    this.index = input.index;
    this.birth = input.birth;
    this.sex = input.sex;
    this.ages = new Ages(input.birth);
    this.record = new HealthRecord(buffers, names);
    this.attributes[names.attributes.id('gender')] = input.sex;
    for (const [name, value] of Object.entries(input.attributes))
      this.attributes[names.attributes.id(name)] = value;
  }

  get(attribute: number): AttributeValue | undefined {
    return this.attributes[attribute];
  }

  /** Writes an attribute; `undefined` removes it. Guards that read it are tested again. */
  set(attribute: number, value: AttributeValue | undefined): void {
    this.attributes[attribute] = value;
    this.onAttribute(attribute);
  }

  getByName(name: string): AttributeValue | undefined {
    return this.attributes[this.names.attributes.find(name)];
  }

  setByName(name: string, value: AttributeValue | undefined): void {
    this.set(this.names.attributes.id(name), value);
  }

  isAlive(time: number): boolean {
    return this.death > time;
  }

  /** Sets the moment of death of somebody who lives at `time`; an earlier one that is found later wins. */
  die(time: number, causeCodes: number): void {
    if (!this.isAlive(time)) return;
    this.death = time;
    this.causeOfDeath = causeCodes;
  }

  /** The number of the week of life, from 0: the step of the simulation that a moment belongs to. */
  weekAt(time: number): number {
    return Math.max(0, Math.floor((time - this.birth) / week));
  }

  /** The stream with a key (`streamKey('native/Lifecycle')`, worked out once when a module is bound). */
  stream(key: number): Stream {
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const made = new Stream(this.random, key);
    this.#streams.set(key, made);
    return made;
  }
}
