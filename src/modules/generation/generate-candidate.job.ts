import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Profile } from '../../core/profile/profile.js';
import { Random } from '../../core/random/random.js';
import type { Table } from '../../core/table/table.js';
import type { Clock } from '../../core/time/clock.js';
import { columnFormatOf } from '../../exporters/csv/column-format.js';
import { type WrittenPackage, writeCandidatePackage } from '../../exporters/package/write-package.js';
import { findGenerator } from '../../generators/registry.js';
import { Mechanism } from '../mechanisms/index.js';
import {
  CLOCK,
  type CommitResult,
  FinalJobError,
  type Job,
  type JobContext,
  type JobHandler,
  Jobs,
  type ObjectStore,
  QUARANTINE,
  Transactions,
} from '../platform/index.js';
import { SourceProfile } from '../profiles/index.js';
import { ReleaseRequest, RequestCommands, voidCandidate } from '../requests/index.js';
import { Candidate, type PackageFile } from './candidate.entity.js';

/** Makes the candidate of a request, from the signed profile alone. */
@Injectable()
export class GenerateCandidateJob implements JobHandler {
  readonly kind = 'generate';

  constructor(
    private readonly transactions: Transactions,
    private readonly commands: RequestCommands,
    private readonly jobs: Jobs,
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: context.job.subjectId });
    if (request.state !== 'GENERATING' || request.mechanismId === null) return () => Promise.resolve();
    const mechanism = await reader.findOneByOrFail(Mechanism, { id: request.mechanismId });
    const profile = await this.signedContent(mechanism);
    const files: PackageFile[] = [];
    const written = await this.write({ request, mechanism, profile, context }, files);
    return (manager) => this.commit(manager, { request, mechanism, written, files });
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await this.commands.carryOutAsSystem(manager, job.subjectId, {
      command: 'generation-failed',
      details: { reason },
      apply: (_, request) => {
        voidCandidate(request);
        return Promise.resolve(true);
      },
    });
  }

  /** The content must still be what was signed, to the byte. */
  private async signedContent(mechanism: Mechanism): Promise<Profile> {
    const { state, content } = await this.transactions.reader.findOneByOrFail(SourceProfile, {
      id: mechanism.profileId,
    });
    if (state !== 'SIGNED' || !content || sha256Hex(canonicalJson(content)) !== mechanism.profileHash) {
      throw new FinalJobError('The profile is not the one that was signed for this mechanism.');
    }
    return content;
  }

  private write(making: Making, files: PackageFile[]): Promise<WrittenPackage> {
    const { request, mechanism, profile, context } = making;
    const columns = request.columns.map((name) => profile.columns.find((column) => column.name === name));
    const description = {
      title: request.title,
      tier: request.tier,
      generator: { name: mechanism.generator, version: mechanism.generatorVersion },
      mechanismHash: mechanism.hash,
      profileHash: mechanism.profileHash,
      policyHash: request.policyHash ?? '',
      seed: request.seed ?? '',
      columns: columns.flatMap((column) => (column ? [columnFormatOf(column)] : [])),
    };
    return writeCandidatePackage(watched(blocksOf(making), request.rows, context), description, {
      writeFile: async (name, bytes) => {
        const { key, bytes: length } = await this.quarantine.put(bytes);
        files.push({ name, mediaType: mediaTypeOf(name), bytes: length, sha256: key });
        return { bytes: length, sha256: key };
      },
    });
  }

  private async commit(manager: EntityManager, made: Made): Promise<void> {
    const { request, mechanism, written, files } = made;
    const { id, attempt, seed } = request;
    const hash = written.manifestHash;
    await this.commands.carryOutAsSystem(manager, id, {
      command: 'generated',
      details: { candidateHash: hash, attempt, seed },
      apply: async (_, current) => {
        if (current.attempt !== attempt) return false;
        await manager.insert(Candidate, {
          requestId: id,
          attempt,
          hash,
          seed: seed ?? '',
          mechanismHash: mechanism.hash,
          policyHash: request.policyHash ?? '',
          rows: request.rows,
          files,
          generatedAt: this.clock.now(),
        });
        current.candidateHash = hash;
        await this.jobs.enqueue(manager, 'check', id);
        return true;
      },
    });
  }
}

interface Making {
  readonly request: ReleaseRequest;
  readonly mechanism: Mechanism;
  readonly profile: Profile;
  readonly context: JobContext;
}

interface Made {
  readonly request: ReleaseRequest;
  readonly mechanism: Mechanism;
  readonly written: WrittenPackage;
  readonly files: PackageFile[];
}

function blocksOf({ request, mechanism, profile }: Making): AsyncIterable<Table> {
  const generator = findGenerator(mechanism.generator);
  if (generator?.version !== mechanism.generatorVersion) {
    throw new FinalJobError(
      `This worker does not have version ${mechanism.generatorVersion} of the generator "${mechanism.generator}".`,
    );
  }
  const random = Random.fromSeed(request.seed ?? '').fork(mechanism.hash);
  return generator.sample(profile, { columns: request.columns, rows: request.rows, random });
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
  return name.endsWith('.json') ? 'application/json' : 'text/markdown';
}
