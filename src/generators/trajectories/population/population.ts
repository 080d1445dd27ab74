import type { Random } from '../../../core/random/random.js';
import type { CompiledModules } from '../compile/compiled-modules.js';
import type {
  Demographics,
  DemographicPack,
  PersonCriteria,
  PersonSource,
} from '../demographics/demographics.js';
import type { RecordBuffers } from '../record/record-buffers.js';
import { simulatePerson, type Trajectory } from '../simulate-person.js';
import { fixedDemographics, type FixedPerson } from './fixed-people.js';
import { isSameLife, OtherPastError, pastLife, type PastLives } from './past-lives.js';
import { personInput } from './person-input.js';
import { msPerDay } from '../../../core/time/units.js';

/**
 * Whom a population is made of. `survivors`: one living person a place; those who die there before the end are given
 * too, and another life with the same demographics begins. `mixed`: one life a place, as it comes, so that the total is
 * exact and some are dead. `living` and `dead`: one life a place, tried until it ends so.
 */
export const compositions = ['survivors', 'mixed', 'living', 'dead'] as const;
export type Composition = (typeof compositions)[number];

export interface PopulationPlan {
  readonly compiled: CompiledModules;
  readonly pack: DemographicPack;
  readonly criteria: PersonCriteria;
  readonly composition: Composition;
  /** The moment at which lives end (ms since 1970); ages are counted on the reference date, the end or before. */
  readonly end: number;
  readonly referenceDate: number;
  /** The stream of the whole run. */
  readonly random: Random;
  /** What a finished life has to be like; left out: all are kept. */
  readonly keep?: (trajectory: Trajectory) => boolean;
  /** Lives that are tried for one place at most. */
  readonly triesMax: number;
  /** By place: people of whom something is settled; left out, or beyond its end: everybody is drawn. */
  readonly fixed?: readonly FixedPerson[];
  /** The people of an earlier run, who are followed to the end of this one; nobody is tried or kept anew. */
  readonly past?: PastLives;
}

/** One life that belongs to the population. */
export interface Patient extends Trajectory {
  readonly demographics: Demographics;
  /** The place in the population, from 0, and the number among those who are given for it. */
  readonly place: number;
  readonly ordinal: number;
  /** The number of the try that this life came from. */
  readonly attempt: number;
  /** The stream of this life alone. */
  readonly random: Random;
}

/** Nobody who was wanted came out of the tries for a place. */
export class TriesSpentError extends Error {
  override readonly name = 'TriesSpentError';

  constructor(place: number, tries: number) {
    super(
      `None of the ${tries} lives that were tried for person ${place + 1} met the criteria; ask for something less rare, or allow more tries.`,
    );
  }
}

/** Failures with a target age above 90 after which a place is given a younger person (as in Synthea(TM)). */
const oldFailuresMost = 10;
const oldAge = 90;
const youngerAge = { low: 85, high: 89 } as const;
const year = 365.2425 * msPerDay;

/** Makes the lives of places; a place is the same in any population that has it, whoever makes the others. */
export class Population {
  readonly #people: PersonSource;
  #younger: PersonSource | undefined;
  /** Lives that were begun so far. */
  tries = 0;

  constructor(
    readonly plan: PopulationPlan,
    readonly buffers: RecordBuffers,
  ) {
    this.#people = plan.pack.people(plan.criteria, plan.referenceDate);
  }

  /**
   * The lives of a place, in the order in which they were tried. Each is read before the next is asked for: they share
   * the buffers.
   * @throws {TriesSpentError} when `triesMax` is reached
   */
  *livesOf(place: number): Generator<Patient> {
    const { composition, triesMax, keep, past } = this.plan;
    if (past !== undefined) {
      yield* this.#followed(place, past);
      return;
    }
    for (let attempt = 0, ordinal = 0; attempt < triesMax; attempt += 1) {
      const life = this.#lifeOf(place, attempt);
      const isAlive = life.person.isAlive(this.plan.end);
      const isWanted = keep?.(life) ?? true;
      if (isWanted && isGiven(composition, isAlive)) {
        yield { ...life, ordinal };
        ordinal += 1;
        if (isLast(composition, isAlive)) return;
      }
    }
    throw new TriesSpentError(place, triesMax);
  }

  /** @throws {OtherPastError} when somebody did not live as they had */
  *#followed(place: number, { lives, until }: PastLives): Generator<Patient> {
    for (const [ordinal, known] of (lives[place] ?? []).entries()) {
      const life = this.#lifeOf(place, known.attempt);
      if (!isSameLife(pastLife(life, known.attempt, until), known)) throw new OtherPastError(place);
      yield { ...life, ordinal };
    }
  }

  #lifeOf(place: number, attempt: number): Omit<Patient, 'ordinal'> {
    const own = this.plan.random.fork(`place/${place}`);
    const demographics = this.#demographicsOf(place, attempt, own);
    const random = own.fork(`life/${attempt}`);
    return { ...this.#live(demographics, random), demographics, place, attempt, random };
  }

  #demographicsOf(place: number, attempt: number, own: Random): Demographics {
    const { fixed, pack, criteria, referenceDate } = this.plan;
    const person = fixed?.[place];
    if (person !== undefined)
      return fixedDemographics(person, { pack, referenceDate, area: criteria.area }, own);
    const demographics = this.#people(own);
    return attempt >= oldFailuresMost && this.#isOld(demographics) ? this.#youngerPerson(own) : demographics;
  }

  #live(demographics: Demographics, life: Random): Trajectory {
    const { compiled, pack, end } = this.plan;
    this.tries += 1;
    return simulatePerson(compiled, personInput(demographics, pack), {
      random: life,
      end,
      buffers: this.buffers,
    });
  }

  #isOld({ birth }: Demographics): boolean {
    const { composition, past, end } = this.plan;
    return composition === 'survivors' && (past?.chosenAt ?? end) - birth > oldAge * year;
  }

  #youngerPerson(own: Random): Demographics {
    const { pack, criteria, referenceDate } = this.plan;
    this.#younger ??= pack.people({ ...criteria, age: youngerAge }, referenceDate);
    return this.#younger(own);
  }
}

function isGiven(composition: Composition, isAlive: boolean): boolean {
  if (composition === 'living') return isAlive;
  return composition === 'dead' ? !isAlive : true;
}

function isLast(composition: Composition, isAlive: boolean): boolean {
  return composition !== 'survivors' || isAlive;
}
