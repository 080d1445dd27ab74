import { Inject, Injectable } from '@nestjs/common';
import { Random } from '../../core/random/random.js';
import type { Table } from '../../core/table/table.js';
import type { Exporter } from '../../exporters/exporter.js';
import { CellsDifferError } from '../../exporters/package/compare-cells.js';
import type { StoredFile } from '../../exporters/package/package-sink.js';
import { writeCandidatePackage } from '../../exporters/package/write-package.js';
import type { WrittenFile } from '../../exporters/package/write-package.js';
import { exporters } from '../../exporters/registry.js';
import type { Mechanism } from '../mechanisms/index.js';
import {
  CONFIG,
  type Config,
  FinalJobError,
  type JobContext,
  type ObjectStore,
  QUARANTINE,
  withScratchFolder,
} from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import type { PackageFile } from './candidate.entity.js';
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
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {FinalJobError} when the formats do not hold the same rows, or the generator would not be given what the mechanism pins */
  async write(request: ReleaseRequest, mechanism: Mechanism, context: JobContext): Promise<WrittenCandidate> {
    const sampler = await this.samplers.open(mechanism);
    const formats = request.columns.map((name) => sampler.formats.find((format) => format.name === name));
    const description = {
      title: request.title,
      tier: request.tier,
      generator: { name: mechanism.generator, version: mechanism.generatorVersion },
      mechanismHash: mechanism.hash,
      inputHash: mechanism.inputHash,
      policyHash: request.policyHash ?? '',
      seed: request.seed ?? '',
      columns: formats.flatMap((format) => format ?? []),
    };
    const random = Random.fromSeed(request.seed ?? '').fork(mechanism.hash);
    const blocks = sampler.sample({ columns: request.columns, rows: request.rows, random });
    const { manifestHash, files } = await withScratchFolder(this.config.home, 'package', (scratch) =>
      writeCandidatePackage(watched(blocks, request.rows, context), description, {
        sink: { writeFile: (_, bytes) => this.store(bytes) },
        exporters: exportersOf(request),
        scratch,
      }),
    ).catch(endWhereFormatsDiffer);
    return { hash: manifestHash, files: files.map(packageFile) };
  }

  private async store(bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const { key, bytes: length } = await this.quarantine.put(bytes);
    return { bytes: length, sha256: key, path: this.quarantine.localPath(key) };
  }
}

/** In the order of the registry, whatever the order of the request: which file is checked does not depend on it. */
function exportersOf({ formats }: ReleaseRequest): Exporter[] {
  const chosen = exporters.filter(({ name }) => formats.includes(name));
  if (chosen.length === formats.length) return chosen;
  throw new FinalJobError(`This worker does not write all of the formats ${formats.join(', ')}.`);
}

/** Another try would write the same. */
function endWhereFormatsDiffer(error: unknown): never {
  throw error instanceof CellsDifferError ? new FinalJobError(error.message) : error;
}

function packageFile({ name, mediaType, bytes, sha256 }: WrittenFile): PackageFile {
  return { name, mediaType, bytes, sha256 };
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
