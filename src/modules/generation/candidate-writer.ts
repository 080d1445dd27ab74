import { Inject, Injectable } from '@nestjs/common';
import { Random } from '../../core/random/random.js';
import type { Table } from '../../core/table/table.js';
import type { PackageDescription } from '../../exporters/package/finish-package.js';
import type { PackageSink } from '../../exporters/package/package-sink.js';
import { writeCandidatePackage } from '../../exporters/package/write-package.js';
import { findAnyGenerator } from '../../generators/generators.js';
import type { Mechanism } from '../mechanisms/index.js';
import { type JobContext, type ObjectStore, QUARANTINE } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import type { PackageFile } from './candidate.entity.js';
import { LivesWriter } from './lives-writer.js';
import { MechanismSamplers } from './mechanism-samplers.js';

export interface WrittenCandidate {
  /** Of the manifest, which names every file by hash. */
  readonly hash: string;
  readonly files: PackageFile[];
}

/** Writes what a mechanism makes into quarantine. */
@Injectable()
export class CandidateWriter {
  constructor(
    private readonly samplers: MechanismSamplers,
    private readonly lives: LivesWriter,
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
  ) {}

  /** @throws {FinalJobError} when the generator would not be given what the mechanism pins */
  async write(request: ReleaseRequest, mechanism: Mechanism, context: JobContext): Promise<WrittenCandidate> {
    const files: PackageFile[] = [];
    const sink: PackageSink = {
      writeFile: async (name, bytes) => {
        const { key, bytes: length } = await this.quarantine.put(bytes);
        files.push({ name, mediaType: mediaTypeOf(name), bytes: length, sha256: key });
        return { bytes: length, sha256: key };
      },
    };
    const generator = findAnyGenerator(mechanism.generator);
    const hash =
      generator?.sees === 'rules' && generator.version === mechanism.generatorVersion
        ? await this.lives.write(
            { request, mechanism, generator, description: describe(request, mechanism, []) },
            context,
            sink,
          )
        : await this.writeTable(request, mechanism, context, sink);
    return { hash, files };
  }

  private async writeTable(
    request: ReleaseRequest,
    mechanism: Mechanism,
    context: JobContext,
    sink: PackageSink,
  ): Promise<string> {
    const sampler = await this.samplers.open(mechanism);
    const formats = request.columns.map((name) => sampler.formats.find((format) => format.name === name));
    const columns = formats.flatMap((format) => format ?? []);
    const random = Random.fromSeed(request.seed ?? '').fork(mechanism.hash);
    const blocks = sampler.sample({ columns: request.columns, rows: request.rows, random });
    const description = describe(request, mechanism, columns);
    const written = await writeCandidatePackage(watched(blocks, request.rows, context), description, sink);
    return written.manifestHash;
  }
}

function describe(
  request: ReleaseRequest,
  mechanism: Mechanism,
  columns: PackageDescription['columns'],
): PackageDescription {
  return {
    title: request.title,
    tier: request.tier,
    generator: { name: mechanism.generator, version: mechanism.generatorVersion },
    mechanismHash: mechanism.hash,
    inputHash: mechanism.inputHash,
    policyHash: request.policyHash ?? '',
    seed: request.seed ?? '',
    columns,
  };
}

/** Counts rows for the progress bar and stops between blocks when the job is cancelled. */
async function* watched(
  blocks: AsyncIterable<Table>,
  rows: number,
  context: JobContext,
): AsyncGenerator<Table> {
  let done = 0;
  for await (const block of blocks) {
    context.signal.throwIfAborted();
    done += block.rowCount;
    context.progress(done / rows);
    yield block;
  }
}

function mediaTypeOf(name: string): string {
  if (name.endsWith('.csv')) return 'text/csv';
  if (name.endsWith('.ndjson')) return 'application/x-ndjson';
  if (name.endsWith('.zip')) return 'application/zip';
  return name.endsWith('.json') ? 'application/json' : 'text/markdown';
}
