import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Profile } from '../../core/profile/profile.js';
import { type AttemptRecord, attemptsOf, Evaluation } from '../evaluations/index.js';
import { Candidate } from '../generation/index.js';
import { Mechanism } from '../mechanisms/index.js';
import { SourceModel } from '../models/index.js';
import { SourceProfile } from '../profiles/index.js';
import { givenBy, type ReleaseRequest } from '../requests/index.js';
import { Source } from '../sources/index.js';
import type { Deed, EvidenceFacts } from './evidence-facts.js';

interface Records {
  readonly request: ReleaseRequest;
  readonly source: Source;
  readonly profile: Profile | null;
  readonly model: SourceModel | null;
  readonly mechanism: Mechanism;
  readonly candidate: Candidate;
  readonly evaluation: Evaluation;
}

/** Gathers what the records say of the candidate of a request. */
@Injectable()
export class EvidenceService {
  /** Null while there is no candidate that was checked. */
  async gather(manager: EntityManager, request: ReleaseRequest): Promise<EvidenceFacts | null> {
    const records = await this.recordsOf(manager, request);
    if (!records) return null;
    const { evaluation } = records;
    const waived = await manager.query<{ check_name: string }[]>(
      'SELECT DISTINCT check_name FROM waiver WHERE evaluation_id = $1 ORDER BY check_name',
      [evaluation.id],
    );
    return {
      ...describedBy(records),
      evaluation: {
        outcome: evaluation.outcome,
        policyHash: evaluation.policyHash,
        checks: evaluation.checks,
        waived: waived.map(({ check_name: name }) => name),
      },
      ...attemptFacts(request.id, await attemptsOf(manager, [request.id])),
      deeds: await this.deedsOn(manager, request.id),
    };
  }

  private async recordsOf(manager: EntityManager, request: ReleaseRequest): Promise<Records | null> {
    const { id: requestId, attempt, candidateHash, mechanismId } = request;
    if (candidateHash === null || mechanismId === null) return null;
    const candidate = await manager.findOneBy(Candidate, { requestId, attempt, hash: candidateHash });
    const evaluation = await manager.findOne(Evaluation, {
      where: { requestId, candidateHash },
      order: { evaluatedAt: 'DESC' },
    });
    if (!candidate || !evaluation) return null;
    const source = await manager.findOneByOrFail(Source, { id: request.sourceId });
    const mechanism = await manager.findOneByOrFail(Mechanism, { id: mechanismId });
    const { profileId, modelId } = mechanism;
    const profile = profileId === null ? null : await manager.findOneBy(SourceProfile, { id: profileId });
    const model = modelId === null ? null : await manager.findOneBy(SourceModel, { id: modelId });
    return { request, source, profile: profile?.content ?? null, model, mechanism, candidate, evaluation };
  }

  /** From the audit chain: what was done, not what was refused. */
  private async deedsOn(manager: EntityManager, requestId: string): Promise<Deed[]> {
    const events = await manager.query<{ action: string; at: Date }[]>(
      `SELECT action, at FROM audit_event
       WHERE subject_type = 'Request' AND subject_id = $1 AND outcome = 'done' ORDER BY sequence`,
      [requestId],
    );
    return events.flatMap(({ action, at }) => {
      const command = action.replace(/-request$/, '');
      const role = givenBy(command);
      return role === null ? [] : [{ role, action: command, at: at.toISOString() }];
    });
  }
}

function attemptFacts(
  requestId: string,
  all: readonly AttemptRecord[],
): Pick<EvidenceFacts, 'attempts' | 'attemptsElsewhere'> {
  const own = all.filter((one) => one.requestId === requestId);
  const made = all.filter((one) => one.requestId !== requestId && one.candidateHash !== null);
  return {
    attempts: own.map((one) => ({
      ...{ attempt: one.attempt, mechanismHash: one.mechanismHash, seed: one.seed, isDrawn: one.isDrawn },
      ...{ reason: one.reason, startedAt: one.startedAt.toISOString(), candidateHash: one.candidateHash },
      ...{ outcome: one.outcome, failedChecks: one.failedChecks },
    })),
    attemptsElsewhere: {
      made: made.length,
      failed: made.filter(({ failedChecks }) => failedChecks.length > 0).length,
    },
  };
}

function describedBy(
  records: Records,
): Omit<EvidenceFacts, 'evaluation' | 'deeds' | 'attempts' | 'attemptsElsewhere'> {
  const { request, source, profile, model, mechanism, candidate } = records;
  const { reference, title, purpose, useCase, tier, rows, columns, formats, declaredUse } = request;
  const { generator, generatorVersion, parameters, inputHash, permittedUses, disclosureControl } = mechanism;
  const { kind, name, version, citation, licence, contentHash, rowCount } = source;
  return {
    request: { reference, title, purpose, useCase, tier, rows, columns, formats, declaredUse },
    source: { kind, name, version, citation, licence, contentHash, rows: rowCount },
    columns: source.columns.map((column) => ({
      name: column.name,
      type: column.type,
      isAsked: columns.includes(column.name),
    })),
    profile,
    model: model && {
      hash: model.hash ?? '',
      trainRows: model.trainRowCount ?? 0,
      holdoutRows: model.holdoutRowCount ?? 0,
      columns: model.columns.map(({ name: column, justification }) => ({ name: column, justification })),
    },
    mechanism: {
      hash: mechanism.hash,
      generator,
      generatorVersion,
      parameters,
      inputHash,
      permittedUses,
      disclosureControl,
    },
    candidate: { hash: candidate.hash, rows: candidate.rows, seed: candidate.seed },
  };
}
