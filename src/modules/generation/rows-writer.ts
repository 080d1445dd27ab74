import { Inject, Injectable } from '@nestjs/common';
import { Random } from '../../core/random/random.js';
import type { Table } from '../../core/table/table.js';
import type { Exporter } from '../../exporters/exporter.js';
import { CellsDifferError } from '../../exporters/package/compare-cells.js';
import type { WrittenPackage } from '../../exporters/package/finish-package.js';
import type { PackageSink } from '../../exporters/package/package-sink.js';
import { writeCandidatePackage } from '../../exporters/package/write-package.js';
import { exporters } from '../../exporters/registry.js';
import { CONFIG, type Config, FinalJobError, type JobContext, withScratchFolder } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { type CandidateOrder, describe } from './candidate-order.js';
import { MechanismSamplers } from './mechanism-samplers.js';

/** Writes the rows that a mechanism makes, in every format that was asked for. */
@Injectable()
export class RowsWriter {
  constructor(
    private readonly samplers: MechanismSamplers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {FinalJobError} when the formats do not hold the same rows, or the generator would not be given what the mechanism pins */
  async write(
    { request, mechanism }: CandidateOrder,
    context: JobContext,
    sink: PackageSink,
  ): Promise<WrittenPackage> {
    const sampler = await this.samplers.open(mechanism);
    const formats = request.columns.map((name) => sampler.formats.find((format) => format.name === name));
    const columns = formats.flatMap((format) => format ?? []);
    const description = { ...describe(request, mechanism), columns };
    const random = Random.fromSeed(request.seed ?? '').fork(mechanism.hash);
    const blocks = sampler.sample({ columns: request.columns, rows: request.rows, random });
    return withScratchFolder(this.config.home, 'package', (scratch) =>
      writeCandidatePackage(watched(blocks, request.rows, context), description, {
        sink,
        exporters: exportersOf(request),
        scratch,
      }),
    ).catch(endWhereFormatsDiffer);
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
