import type { Directory } from '../../core/events/directory.js';
import { SimulatedRecords } from '../../generators/trajectories/events/simulated-records.js';
import { CsvLines } from '../../generators/trajectories/output/csv-lines.js';
import type { CsvTable } from '../../generators/trajectories/output/csv-tables.js';
import { Utilisations, type Utilisation } from '../../generators/trajectories/output/organisations.js';
import { writePatient } from '../../generators/trajectories/output/write-patient.js';
import { pastLife, type PastLife } from '../../generators/trajectories/population/past-lives.js';
import { Population, type PopulationPlan } from '../../generators/trajectories/population/population.js';
import { RecordBuffers } from '../../generators/trajectories/record/record-buffers.js';
import type { SimulationSettings } from './settings.js';

/** Places from `from` to before `to`. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/** What came out of a chunk; nothing of it depends on other chunks. */
export interface ChunkResult {
  readonly chunk: Chunk;
  /** Text for the end of each file in the CSV layout; none where nobody asks for it. */
  readonly texts: ReadonlyMap<CsvTable, string>;
  /** Patient records as JSON, one text a person: cheaper to hand to another thread than objects. */
  readonly records: readonly string[];
  /** What the records refer to. */
  readonly directory: Directory;
  /** The lives that were kept, by place: what a snapshot says of them. */
  readonly lives: readonly (readonly PastLife[])[];
  readonly patients: number;
  readonly dead: number;
  readonly tries: number;
  readonly used: readonly Utilisation[];
}

/** Simulates the lives of a chunk and writes them; one life is in memory at a time, beside its text. */
export function simulateChunk(
  plan: PopulationPlan,
  { formats, yearsOfHistory }: Pick<SimulationSettings, 'formats' | 'yearsOfHistory'>,
  chunk: Chunk,
): ChunkResult {
  const population = new Population(plan, new RecordBuffers());
  const [lines, used] = [new CsvLines(), new Utilisations()];
  const [span, country] = [{ yearsOfHistory, end: plan.end }, plan.pack.country];
  const made = new SimulatedRecords({ compiled: plan.compiled, span, country });
  const [hasCsv, hasRecords] = [formats.includes('csv'), formats.some((one) => one !== 'csv')];
  const records: string[] = [];
  const lives: PastLife[][] = [];
  let [patients, dead] = [0, 0];
  for (let place = chunk.from; place < chunk.to; place += 1) {
    const kept: PastLife[] = [];
    lives.push(kept);
    for (const patient of population.livesOf(place)) {
      patients += 1;
      kept.push(pastLife(patient, patient.attempt, plan.end));
      if (!patient.person.isAlive(plan.end)) dead += 1;
      if (hasCsv) writePatient(patient, { lines, used, span, country });
      if (hasRecords) records.push(JSON.stringify({ synthetic: true, ...made.recordOf(patient) }));
    }
  }
  return {
    ...{ chunk, texts: lines.texts(), records, directory: made.directory() },
    ...{ lives, patients, dead, tries: population.tries, used: used.all() },
  };
}
