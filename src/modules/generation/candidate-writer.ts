import { Inject, Injectable } from '@nestjs/common';
import type { WrittenFile } from '../../exporters/package/finish-package.js';
import type { StoredFile } from '../../exporters/package/package-sink.js';
import { findAnyGenerator } from '../../generators/generators.js';
import { type JobContext, type ObjectStore, QUARANTINE } from '../platform/index.js';
import type { CandidateOrder } from './candidate-order.js';
import type { PackageFile } from './candidate.entity.js';
import { LivesWriter } from './lives-writer.js';
import { RowsWriter } from './rows-writer.js';

export interface WrittenCandidate {
  /** Of the manifest, which names every file by hash. */
  readonly hash: string;
  readonly files: PackageFile[];
}

/** Writes what a mechanism makes into quarantine. */
@Injectable()
export class CandidateWriter {
  constructor(
    private readonly rows: RowsWriter,
    private readonly lives: LivesWriter,
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
  ) {}

  /** @throws {FinalJobError} when the generator would not be given what the mechanism pins */
  async write(order: CandidateOrder, context: JobContext): Promise<WrittenCandidate> {
    const writer = findAnyGenerator(order.mechanism.generator)?.sees === 'rules' ? this.lives : this.rows;
    const sink = { writeFile: (_: string, bytes: AsyncIterable<Uint8Array>) => this.store(bytes) };
    const { manifestHash, files } = await writer.write(order, context, sink);
    return { hash: manifestHash, files: files.map(packageFile) };
  }

  /** @throws when an equal file was destroyed, as another candidate's, after it was written: it has to be written again */
  async requireThere(files: readonly PackageFile[]): Promise<void> {
    for (const { name, sha256 } of files)
      if (!(await this.quarantine.has(sha256))) throw new Error(`"${name}" is not in quarantine any more.`);
  }

  private async store(bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const { key, bytes: length } = await this.quarantine.put(bytes);
    return { bytes: length, sha256: key, path: () => this.quarantine.localPath(key) };
  }
}

function packageFile({ name, mediaType, bytes, sha256 }: WrittenFile): PackageFile {
  return { name, mediaType, bytes, sha256 };
}
