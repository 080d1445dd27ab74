import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { loadConfig } from '../../src/modules/platform/config/config.js';
import { JobCheckpoints } from '../../src/modules/platform/objects/job-checkpoints.js';
import { ObjectsModule } from '../../src/modules/platform/objects/objects.module.js';
import { RecordedZone } from '../../src/modules/platform/objects/recorded-zone.js';
import { SketchFolder } from '../../src/modules/platform/objects/sketch-folder.js';
import { ReleaseRoot } from '../../src/modules/platform/objects/release-root.js';

const root = join(process.cwd(), 'src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));
const filesWith = (pattern: RegExp): string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name)
    .sort();

it('gives the worker no zone but through what records its readings', () => {
  const { providers = [], exports: given = [] } = ObjectsModule.forWorker(loadConfig({}));
  const zones = given.filter((token): token is symbol => typeof token === 'symbol');
  expect(zones).toHaveLength(3);
  for (const zone of zones) {
    const provider = providers.find((one) => 'provide' in one && one.provide === zone) as FactoryProvider;
    expect(provider.useFactory({})).toBeInstanceOf(RecordedZone);
  }
  const unrecorded = providers.filter((one) => 'useValue' in one).map((one) => one.provide);
  // What a job keeps of its own unfinished training, what is released, and sketches that no row can be made from.
  expect(unrecorded).toEqual([JobCheckpoints, ReleaseRoot, SketchFolder]);
});

it('opens the files of a zone in one place', () => {
  expect(filesWith(/new LocalObjectStore\b/)).toEqual(['modules/platform/objects/objects.module.ts']);
  expect(filesWith(/['"`/](real-zone|quarantine)['"`/]/)).toEqual([
    'modules/platform/objects/clear-leftovers.ts',
    'modules/platform/objects/object-store.ts',
    'modules/platform/objects/objects.module.ts',
  ]);
});

/** A new one belongs here when somebody has looked at what it reads, and for whom. */
it('knows everybody who is given a zone', () => {
  expect(filesWith(/@Inject\((REAL_ZONE|MODELS|QUARANTINE)\)/)).toEqual([
    'modules/evaluations/candidate-files.ts',
    'modules/generation/candidate-writer.ts',
    'modules/generation/destroy-candidate.job.ts',
    'modules/generation/mechanism-samplers.ts',
    'modules/models/model-fitting.ts',
    'modules/releases/publish-release.job.ts',
    'modules/sources/extract-files.ts',
  ]);
});

it('runs the work of jobs in one place, where it is known for which job it reads', () => {
  expect(filesWith(/\bhandler\.run\(/)).toEqual(['modules/platform/jobs/job-runner.ts']);
  expect(filesWith(/\bnew JobRunner\(/)).toEqual(['worker.ts']);
});
