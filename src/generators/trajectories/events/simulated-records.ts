import type { Directory } from '../../../core/events/directory.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { CompiledModules } from '../compile/compiled-modules.js';
import { ExportWindow, type ExportSpan } from '../output/export-window.js';
import { uuidAt, uuidKinds } from '../output/uuid.js';
import type { Patient } from '../population/population.js';
import { Coder } from './coder.js';
import { DirectoryBuilder } from './directory-builder.js';
import { admissionsOf, encounterKey, encountersOf } from './encounters-of.js';
import type { EventContext } from './event-context.js';
import { observationsOf, reportsOf } from './findings.js';
import { imagingStudiesOf } from './imaging-of.js';
import { immunisationsOf, medicationsOf, suppliesOf } from './medications-of.js';
import { personOf } from './person-of.js';
import { allergiesOf, carePlansOf, conditionsOf, devicesOf, proceduresOf } from './what-lasts.js';

export interface SimulatedRecordsOptions {
  readonly compiled: Pick<CompiledModules, 'names' | 'prescriptions'>;
  readonly span: ExportSpan;
  readonly country: string;
}

/**
 * Makes records of simulated lives. Keys come from the life alone: a person has the same ones in any population, with any
 * number of threads.
 */
export class SimulatedRecords {
  readonly #coder: Coder;
  readonly #directory: DirectoryBuilder;

  constructor(readonly options: SimulatedRecordsOptions) {
    this.#coder = new Coder(options.compiled.names);
    this.#directory = new DirectoryBuilder(options.country);
  }

  /** What is given out of a life; read before the next life overwrites its buffers. */
  recordOf(patient: Patient): PatientRecord {
    const { span, country, compiled } = this.options;
    const window = new ExportWindow(patient, span);
    const key = uuidAt(patient.random, uuidKinds.patient, 0);
    const admissions = admissionsOf(patient);
    const keys: string[] = [];
    const context: EventContext = {
      ...{ patient, window, coder: this.#coder, prescriptions: compiled.prescriptions },
      encounter: (row) => (keys[row] ??= encounterKey(patient, admissions[row] ?? row)),
      key: (kind, row) => `${key}/${kind}/${row}`,
    };
    this.#directory.organisation(patient.demographics.practice, 'practice');
    return {
      person: personOf(patient, { key, window, country, coder: this.#coder }),
      encounters: encountersOf(context, admissions, this.#directory),
      events: eventsOf(context),
    };
  }

  /** Everything that the records so far refer to. */
  directory(): Directory {
    return this.#directory.directory();
  }
}

/** By their starts; those of one moment in the order of their kinds. */
function eventsOf(context: EventContext): PatientEvent[] {
  const observations = observationsOf(context);
  const events: PatientEvent[] = [
    ...conditionsOf(context),
    ...allergiesOf(context),
    ...medicationsOf(context),
    ...proceduresOf(context),
    ...observations,
    ...reportsOf(context, observations),
    ...immunisationsOf(context),
    ...carePlansOf(context),
    ...imagingStudiesOf(context),
    ...devicesOf(context),
    ...suppliesOf(context),
  ];
  return events.sort((a, b) => a.start.ms - b.start.ms);
}
