import type { Coded } from '../../../core/events/coded.js';
import { codeSystems } from '../../../core/events/code-systems.js';
import type { Moment } from '../../../core/events/moment.js';
import type { Person } from '../../../core/events/person.js';
import { sha256Hex } from '../../../core/hashing/sha256-hex.js';
import type { Cell } from '../rows/cell-text.js';
import type { RowTemplate } from '../rows/row-template.js';
import { genderConcepts, typeConcepts } from '../vocabulary/fixed-concepts.js';
import type { DirectoryIds } from './directory-ids.js';
import type { Life } from './life.js';
import { timeCell } from './life.js';
import type { LocationRows } from './location-rows.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

const personSlots = [
  ...['person_id', 'gender_concept_id', 'year_of_birth', 'month_of_birth', 'day_of_birth', 'birth_datetime'],
  ...['race_concept_id', 'ethnicity_concept_id', 'location_id', 'care_site_id', 'person_source_value'],
  ...['gender_source_value', 'race_source_value', 'race_source_concept_id', 'ethnicity_source_value'],
  'ethnicity_source_concept_id',
];

const deathSlots = [
  ...['person_id', 'death_date', 'death_datetime', 'cause_concept_id', 'cause_source_value'],
  'cause_source_concept_id',
];

/** Rows of person and death. */
export class PersonRows {
  readonly #person: RowTemplate;
  readonly #death: RowTemplate;

  constructor(
    readonly tables: OmopTables,
    readonly concepts: UsedConcepts,
    /** The salt of the release. */
    readonly salt: string,
  ) {
    this.#person = tables.template('person', { constants: {}, slots: personSlots });
    const death_type_concept_id = concepts.mark(typeConcepts.ehr);
    this.#death = tables.template('death', { constants: { death_type_concept_id }, slots: deathSlots });
  }

  write(person: Person, life: Life, directory: DirectoryIds, locations: LocationRows): void {
    const { birth, sex } = person;
    const date = new Date(birth.ms);
    const isMonthKnown = birth.precision !== 'year';
    const isDayKnown = isMonthKnown && birth.precision !== 'month';
    const origin = this.#origin(person);
    this.tables
      .file('person')
      .add(this.#person, [
        ...[life.id, this.concepts.mark(genderConcepts[sex]), date.getUTCFullYear()],
        ...[isMonthKnown ? date.getUTCMonth() + 1 : null, isDayKnown ? date.getUTCDate() : null],
        ...[
          isDayKnown ? birth.ms : null,
          origin.race[0],
          origin.ethnicity[0],
          locations.write(person.address),
        ],
        ...[directory.organisation(person.practice), sourceValueOf(this.salt, person.key), sex],
        ...[origin.race[1], origin.race[2], origin.ethnicity[1], origin.ethnicity[2]],
      ]);
    if (person.death) this.#writeDeath(life, person.death.at, person.death.cause);
  }

  #writeDeath(life: Life, at: Moment, cause: Coded | undefined): void {
    const mapping = cause && this.concepts.use(cause);
    life.see(at.ms);
    this.tables
      .file('death')
      .add(this.#death, [
        ...[life.id, at.ms, timeCell(at), mapping ? this.concepts.standard(mapping) : null],
        ...[cause?.code ?? null, mapping ? this.concepts.source(mapping) : null],
      ]);
  }

  /** Race and ethnicity as OMOP keeps them apart: a code goes where its concept belongs; categories of the NHS are races. */
  #origin({ race, ethnicity }: Person): { readonly race: Origin; readonly ethnicity: Origin } {
    const isRace = ethnicity && this.#isRace(ethnicity);
    return {
      race: this.#cells(race ?? (isRace ? ethnicity : undefined), 'Race'),
      ethnicity: this.#cells(isRace ? undefined : ethnicity, 'Ethnicity'),
    };
  }

  #isRace(ethnicity: Coded): boolean {
    const [target] = this.concepts.vocabulary.find(ethnicity)?.targets ?? [];
    return target === undefined
      ? ethnicity.system === codeSystems.ethnicCategory.uri
      : target.domain === 'Race';
  }

  #cells(coded: Coded | undefined, domain: string): Origin {
    if (coded === undefined) return [this.concepts.mark(0), null, null];
    const mapping = this.concepts.use(coded);
    return [this.concepts.standard(mapping, domain), coded.code, this.concepts.source(mapping)];
  }
}

/** Concept, source value and source concept. */
type Origin = readonly [Cell, Cell, Cell];

/** A name for a person that is of this release alone: two releases cannot be joined by it. */
function sourceValueOf(salt: string, key: string): string {
  return sha256Hex(`${salt}\nperson\n${key}`).slice(0, 32);
}
