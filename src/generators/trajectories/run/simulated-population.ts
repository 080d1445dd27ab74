import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Directory } from '../../../core/events/directory.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { SimulatedRecords as Records, SimulateOptions } from '../../generator.js';
import { SimulatedRecords } from '../events/simulated-records.js';
import type { ExportSpan } from '../output/export-window.js';
import { Population, type PopulationPlan } from '../population/population.js';
import { RecordBuffers } from '../record/record-buffers.js';

/** The records of a population, one life in memory at a time. They can be read once. */
export class SimulatedPopulation implements Records {
  readonly #made: SimulatedRecords;
  readonly #population: Population;
  #isOver = false;

  constructor(
    readonly plan: PopulationPlan,
    span: ExportSpan,
    readonly options: SimulateOptions,
  ) {
    const { compiled, pack } = plan;
    this.#made = new SimulatedRecords({ compiled, span, country: pack.country });
    this.#population = new Population(plan, new RecordBuffers());
  }

  get country(): 'GB' | 'US' {
    return this.plan.pack.country === 'GB' ? 'GB' : 'US';
  }

  get end(): number {
    return this.plan.end;
  }

  get records(): AsyncIterable<PatientRecord> {
    return this.#all();
  }

  directory(): Directory {
    if (!this.#isOver)
      throw new Error('The directory is known when the records have been read to their end.');
    return this.#made.directory();
  }

  async *#all(): AsyncGenerator<PatientRecord> {
    const { persons, signal, onProgress } = this.options;
    for (let place = 0; place < persons; place += 1) {
      signal?.throwIfAborted();
      for (const patient of this.#population.livesOf(place)) yield this.#made.recordOf(patient);
      onProgress?.(place + 1);
      await nextTurn();
    }
    this.#isOver = true;
  }
}
