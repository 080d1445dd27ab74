import { CsvLines } from '../../generators/trajectories/output/csv-lines.js';
import type { CsvTable } from '../../generators/trajectories/output/csv-tables.js';
import { Utilisations, type Utilisation } from '../../generators/trajectories/output/organisations.js';
import { personJson } from '../../generators/trajectories/output/person-json.js';
import { writePatient } from '../../generators/trajectories/output/write-patient.js';
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
  /** Text for the end of each file, by table; `persons` for ndjson. */
  readonly texts: ReadonlyMap<CsvTable | 'persons', string>;
  readonly patients: number;
  readonly dead: number;
  readonly tries: number;
  readonly used: readonly Utilisation[];
}

/** Simulates the lives of a chunk and writes them; one life is in memory at a time, beside its text. */
export function simulateChunk(
  plan: PopulationPlan,
  settings: Pick<SimulationSettings, 'format' | 'yearsOfHistory'>,
  chunk: Chunk,
): ChunkResult {
  const population = new Population(plan, new RecordBuffers());
  const [lines, used] = [new CsvLines(), new Utilisations()];
  const persons: string[] = [];
  const span = { yearsOfHistory: settings.yearsOfHistory, end: plan.end };
  const { country } = plan.pack;
  let [patients, dead] = [0, 0];
  for (let place = chunk.from; place < chunk.to; place += 1)
    for (const patient of population.livesOf(place)) {
      patients += 1;
      if (!patient.person.isAlive(plan.end)) dead += 1;
      if (settings.format === 'csv') writePatient(patient, { lines, used, span, country });
      else persons.push(`${personJson(patient, { span, country })}\n`);
    }
  const texts = settings.format === 'csv' ? lines.texts() : new Map([['persons' as const, persons.join('')]]);
  return { chunk, texts, patients, dead, tries: population.tries, used: used.all() };
}
