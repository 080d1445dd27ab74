import 'reflect-metadata';
import type { DynamicModule, Type } from '@nestjs/common';
import { pino } from 'pino';
import { AppModule } from '../../src/app.module.js';
import {
  loadConfig,
  MODELS,
  QUARANTINE,
  REAL_ZONE,
  REAL_ZONE_INBOX,
  ReleaseRoot,
} from '../../src/modules/platform/index.js';
import { ExtractFiles, SourceRows } from '../../src/modules/sources/index.js';
import { WorkerModule } from '../../src/worker.module.js';

/** Rule 1 of "Where data may flow": who is given what, read from the two programs' own lists of parts. */

interface Part {
  readonly token: unknown;
  readonly value?: unknown;
}

function partsOf(module: unknown, seen = new Set<unknown>()): Part[] {
  if (seen.has(module) || module === undefined || module === null) return [];
  seen.add(module);
  const dynamic = typeof module === 'function' ? undefined : (module as Partial<DynamicModule>);
  const own = dynamic ? dynamic.module : (module as Type);
  const listed = (kind: 'imports' | 'providers' | 'controllers'): unknown[] => [
    ...(dynamic?.[kind] ?? []),
    ...((own ? (Reflect.getMetadata(kind, own) as unknown[] | undefined) : undefined) ?? []),
  ];
  const parts = [...listed('providers'), ...listed('controllers')].map((one): Part => {
    if (typeof one === 'function') return { token: one };
    const { provide, useValue } = one as { provide: unknown; useValue?: unknown };
    return { token: provide, value: useValue };
  });
  return [...parts, ...listed('imports').flatMap((one) => partsOf(one, seen))];
}

function asksFor(part: unknown): unknown[] {
  if (typeof part !== 'function') return [];
  const types = (Reflect.getMetadata('design:paramtypes', part) as unknown[] | undefined) ?? [];
  const named = (Reflect.getMetadata('self:paramtypes', part) as { param: unknown }[] | undefined) ?? [];
  return [...types, ...named.map(({ param }) => param)];
}

const nameOf = (part: unknown): string => (typeof part === 'function' ? part.name : String(part));
const config = loadConfig({});
const logger = pino({ level: 'silent' });
const server = partsOf(AppModule.forServer(config, logger));
const worker = partsOf(WorkerModule.forWorker(config, logger));
const askers = (parts: readonly Part[], wanted: unknown): string[] =>
  parts
    .filter(({ token }) => asksFor(token).includes(wanted))
    .map(({ token }) => nameOf(token))
    .sort();

it('the server has no reader of the real zone or the quarantine', () => {
  const tokens = server.map(({ token }) => token);
  expect(tokens).toContain(ReleaseRoot);
  for (const forbidden of [REAL_ZONE, MODELS, QUARANTINE, ExtractFiles, SourceRows]) {
    expect(tokens).not.toContain(forbidden);
    expect(askers(server, forbidden)).toEqual([]);
  }
});

it('the door of the server to the real zone opens inwards only', () => {
  const inbox = server.find(({ token }) => token === REAL_ZONE_INBOX);
  expect(Object.getOwnPropertyNames(inbox?.value)).toEqual(['put']);
  expect(Object.getPrototypeOf(inbox?.value)).toBe(Object.prototype);
  expect(askers(server, REAL_ZONE_INBOX)).toEqual(['UploadIntake']);
});

it('source rows are opened by the inspection, the profile, the search for the same people, the fit and the comparison, and by nothing else', () => {
  expect(askers(worker, REAL_ZONE)).toEqual(['ExtractFiles']);
  expect(askers(worker, ExtractFiles)).toEqual([
    'BuildProfileJob',
    'CandidateFiles',
    'InspectUploadJob',
    'OverlapFinder',
    'SourceRows',
  ]);
  expect(askers(worker, SourceRows)).toEqual(['CandidateComparison', 'ModelFitting']);
});

it('models are written by the fit and read by what samples them', () => {
  expect(askers(worker, MODELS)).toEqual(['MechanismSamplers', 'ModelFitting']);
});

it('the quarantine is open to what makes, compares, publishes and destroys candidates', () => {
  expect(askers(worker, QUARANTINE)).toEqual([
    'CandidateFiles',
    'CandidateWriter',
    'DestroyCandidateJob',
    'PublishReleaseJob',
  ]);
});
