import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../core/random/random.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { SimulateOptions } from '../generator.js';
import { clinicalTrajectories } from './clinical-trajectories.js';

const folders = { contentFolder: 'content', modules: ['content/modules'] };
const parameters = { referenceDate: '2026-01-01', age: { low: 50, high: 70 } };

async function lives(different: Partial<SimulateOptions> = {}): Promise<PatientRecord[]> {
  const options = { persons: 3, parameters, random: Random.fromSeed('7'), ...different };
  const source = await clinicalTrajectories.simulate(folders, options);
  const records: PatientRecord[] = [];
  for await (const record of source.records) records.push(record);
  expect(source.directory().organisations.length).toBeGreaterThan(0);
  return records;
}

describe('clinical-trajectories', () => {
  it('simulates the same lives for the same seed, and others for another', async () => {
    const [one, again, other] = [await lives(), await lives(), await lives({ random: Random.fromSeed('8') })];
    expect(again).toEqual(one);
    expect(other.map(({ person }) => person.key)).not.toEqual(one.map(({ person }) => person.key));
  });

  it('simulates the same first persons whatever their number', async () => {
    const five = await lives({ persons: 5 });
    expect(five).toHaveLength(5);
    expect(five.slice(0, 3)).toEqual(await lives());
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const stopping = lives({
      signal: controller.signal,
      onProgress: (persons) => {
        if (persons === 2) controller.abort(new Error('told to'));
      },
    });
    await expect(stopping).rejects.toThrow('told to');
  });

  it('does not name who is referred to before everybody was read', async () => {
    const options = { persons: 1, parameters, random: Random.fromSeed('7') };
    const source = await clinicalTrajectories.simulate(folders, options);
    expect(() => source.directory()).toThrow('to their end');
  });

  it.each([
    ['an area that is not there', { area: 'Atlantis' }, 'NobodyThereError'],
    ['modules that are not there', { modules: ['nothing*'] }, 'NothingToSimulateError'],
    ['a code that nothing records', { having: ['no such code'] }, 'NothingToSimulateError'],
  ])('refuses %s', async (_, change, name) => {
    await expect(lives({ parameters: { ...parameters, ...change } })).rejects.toMatchObject({ name });
  });
});

describe('the hash of rules', () => {
  it('does not depend on where they lie, and changes with any byte of them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'picketfence-rules-'));
    try {
      await cp('content', folder, { recursive: true });
      const copy = { contentFolder: folder, modules: [join(folder, 'modules')] };
      const known = await clinicalTrajectories.hash(folders);
      expect(await clinicalTrajectories.hash(copy)).toBe(known);
      await writeFile(join(folder, 'modules', 'asthma.json'), '{}');
      expect(await clinicalTrajectories.hash(copy)).not.toBe(known);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
