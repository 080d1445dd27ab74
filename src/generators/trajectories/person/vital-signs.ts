import type { Person } from './person.js';

/**
 * The value of a vital sign at a moment. It is worked out when it is read: from attributes, and from numbers of a
 * stream at the week of life (`Stream.uniformAt(person.weekAt(time))`), so that two reads in one week agree.
 */
export type VitalSignProvider = (person: Person, time: number) => number;

export class UnknownVitalSign extends Error {
  constructor(readonly vitalSign: string) {
    super(`Nothing provides the vital sign "${vitalSign}".`);
    this.name = 'UnknownVitalSign';
  }
}

/** The vital signs of one person, by number (`Names.vitalSigns`). A module may put its own provider over another. */
export class VitalSigns {
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
