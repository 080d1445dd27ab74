import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { NonconformingValueError } from '../../core/files/nonconforming-value-error.js';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { buildProfile } from '../../core/profile/build-profile.js';
import type { DisclosureControl, Profile } from '../../core/profile/profile.js';
import { AuditService } from '../audit/index.js';
import {
  type CommitResult,
  FinalJobError,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ExtractFiles, Source } from '../sources/index.js';
import { SourceProfile } from './profile.entity.js';
import { effectiveControl } from './stricter-control.rules.js';

/** Summarises a source under disclosure control. */
@Injectable()
export class BuildProfileJob implements JobHandler {
  readonly kind = 'profile';

  constructor(
    private readonly transactions: Transactions,
    private readonly extracts: ExtractFiles,
    private readonly audit: AuditService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const { id, sourceId, state, policyHash, stricterControl } = await reader.findOneByOrFail(SourceProfile, {
      id: context.job.subjectId,
    });
    if (state !== 'RUNNING') return () => Promise.resolve();
    if (policyHash !== this.policy.hash) {
      throw new FinalJobError('The policy has changed since the profile was asked for; ask again.');
    }
    const source = await reader.findOneByOrFail(Source, { id: sourceId });
    const content = await this.build(
      source,
      effectiveControl(this.policy.disclosure, stricterControl),
      context,
    );
    const hash = sha256Hex(canonicalJson(content));
    return async (manager) => {
      await manager.update(SourceProfile, { id }, { state: 'READY', content, hash });
      await this.record(manager, id, { hash });
    };
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await manager.update(SourceProfile, { id: job.subjectId }, { state: 'FAILED', problem: reason });
    await this.record(manager, job.subjectId, { gaveUp: reason });
  }

  private async build(
    source: Source,
    control: DisclosureControl,
    { signal, progress }: JobContext,
  ): Promise<Profile> {
    const names = source.columns.map(({ name }) => name);
    try {
      return await this.extracts.withExtract(source.contentHash, names, ({ db, parquetPath }) =>
        buildProfile(db, parquetPath, source.schema, {
          sourceHash: source.contentHash,
          control,
          onProgress: progress,
          signal,
        }),
      );
    } catch (error) {
      if (error instanceof NonconformingValueError) throw new FinalJobError(error.message);
      throw error;
    }
  }

  private record(manager: EntityManager, id: string, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'build-profile',
      subjectType: 'Profile',
      subjectId: id,
      details,
    });
  }
}
