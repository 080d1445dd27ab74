import type { BoundNative } from '../compile/compiled-modules.js';
import { noCodes, type Code } from '../codes.js';
import type { VisitKind } from '../native/native-module.js';
import type { Person } from '../person/person.js';
import { type EncounterLock, free, visitHolder } from './encounter-lock.js';
import { wellnessInterval } from './wellness-interval.js';

const snomed = (code: string, display: string): Code => ({ system: 'SNOMED-CT', code, display });

const visitCodes = {
  child: snomed('410620009', 'Well child visit (procedure)'),
  adult: snomed('162673000', 'General examination of patient (procedure)'),
  outpatient: snomed('185349003', 'Encounter for check up (procedure)'),
  urgentcare: snomed('702927004', 'Urgent care clinic (environment)'),
  emergency: snomed('50849002', 'Emergency room admission (procedure)'),
};

/** Who is seen by a doctor for symptoms whose severities sum to more than that. */
const symptomVisits: readonly { readonly above: number; readonly kind: VisitKind }[] = [
  { above: 500, kind: 'emergency' },
  { above: 350, kind: 'urgentcare' },
  { above: 300, kind: 'outpatient' },
];

const adulthoodYears = 18;

/** The encounters that no module asks for: by the calendar, and by symptoms. They last for one step. */
export class Visits {
  /** The sum of symptoms that led to the last visit for symptoms. */
  #lastTotal = NaN;
  #seenChanges = -1;
  #total = 0;

  constructor(
    readonly person: Person,
    readonly lock: EncounterLock,
    readonly natives: readonly BoundNative[],
  ) {}

  /** Opens a visit, if one is due and nobody is in an encounter. @returns whether it did */
  open(time: number): boolean {
    if (this.lock.holder !== free) return false;
    const kind = this.#isWellnessDue(time) ? 'wellness' : this.#symptomVisit();
    if (kind === null) return false;
    const { lock, person } = this;
    lock.holder = visitHolder;
    lock.visit = this.#begin(kind, time);
    lock.isRenewed = false;
    for (const { process } of this.natives) process.visit?.(person, time, { kind, encounter: lock.visit });
    return true;
  }

  /** Ends the visit of this step, if there is one. */
  close(time: number): void {
    if (this.lock.holder !== visitHolder) return;
    this.person.record.encounters.end(this.lock.visit, time, -1);
    this.lock.holder = free;
  }

  #isWellnessDue(time: number): boolean {
    const { ages, record } = this.person;
    const since = time - record.encounters.lastWellness;
    return since >= wellnessInterval(ages, time, record.chronic.size > 0);
  }

  /** A visit for symptoms, unless their sum is what it was at the last one. It resolves the largest of them. */
  #symptomVisit(): VisitKind | null {
    const { symptoms } = this.person;
    if (symptoms.changes !== this.#seenChanges) {
      this.#total = symptoms.total();
      this.#seenChanges = symptoms.changes;
    }
    const total = this.#total;
    const visit = symptomVisits.find(({ above }) => total > above);
    if (visit === undefined || total === this.#lastTotal) return null;
    this.#lastTotal = total;
    symptoms.resolveLargest();
    return visit.kind;
  }

  #begin(kind: VisitKind, time: number): number {
    const { names, record } = this.person;
    const code = kind === 'wellness' ? this.#examination(time) : visitCodes[kind];
    return record.encounters.start(time, {
      encounterClass: names.encounterClasses.id(kind),
      codes: names.codes.list([code]),
      reason: noCodes,
      module: -1,
      state: -1,
      isVirtual: false,
    });
  }

  #examination(time: number): Code {
    return this.person.ages.years(time) < adulthoodYears ? visitCodes.child : visitCodes.adult;
  }
}
