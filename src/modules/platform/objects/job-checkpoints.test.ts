import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobCheckpoints } from './job-checkpoints.js';

const job = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picketfence-checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('checkpoints of a job', () => {
  it('are the last that was saved, of this job alone, until they are forgotten', async () => {
    const checkpoints = new JobCheckpoints(join(folder, 'unfinished'));
    expect(await checkpoints.of(job).load()).toBeNull();
    await checkpoints.of(job).save(Uint8Array.of(1, 2));
    await checkpoints.of(job).save(Uint8Array.of(3));
    expect([...((await new JobCheckpoints(join(folder, 'unfinished')).of(job).load()) ?? [])]).toEqual([3]);
    expect(await checkpoints.of(other).load()).toBeNull();
    expect(await readdir(join(folder, 'unfinished'))).toEqual([job]);
    await checkpoints.forget(job);
    await checkpoints.forget(job);
    expect(await checkpoints.of(job).load()).toBeNull();
  });

  it('have no name but that of a job', () => {
    expect(() => new JobCheckpoints(folder).of('../secret')).toThrow('UUID');
  });
});
