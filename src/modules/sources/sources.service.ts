import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { PeopleMatchesService } from './matches/people-matches.service.js';
import { refuseRegistration, type Registration } from './register-source.rules.js';
import { Source, type SourceColumn } from './source.entity.js';
import { nextVersion } from './source-version.js';
import { type ColumnProposalType, Upload } from './upload.entity.js';

/** Columns keep the file's order, whatever order they were confirmed in, and remember what was proposed. */
function confirmedColumns(
  proposal: readonly ColumnProposalType[],
  confirmed: readonly ColumnSchema[],
): SourceColumn[] {
  return proposal.flatMap((proposed) => {
    const column = confirmed.find(({ name }) => name === proposed.name);
    if (!column) return [];
    return [{ ...column, missingMarkers: [...column.missingMarkers], proposedType: proposed.type }];
  });
}

@Injectable()
export class SourcesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly matches: PeopleMatchesService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(): Promise<Source[]> {
    return this.transactions.reader.find(Source, { order: { registeredAt: 'DESC' }, take: 200 });
  }

  find(id: string): Promise<Source | null> {
    return this.transactions.reader.findOneBy(Source, { id });
  }

  register(actor: Actor, uploadId: string, registration: Registration): Promise<Source | Refusal> {
    return this.transactions.run(async (manager) => {
      await this.matches.lock(manager);
      const upload = await manager.findOne(Upload, {
        where: { id: uploadId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!upload) return refusal('NOT_FOUND', 'There is no such upload.', uploadId);
      const refused = actor.refuse('create', upload) ?? (await this.refuse(manager, upload, registration));
      const source = refused ? null : await this.save(manager, actor, upload, registration);
      const samePeople = source ? await this.matches.matchNew(manager, source) : [];
      await this.audit.record(manager, {
        actor,
        action: 'register-source',
        subjectType: 'Source',
        subjectId: source?.id ?? null,
        refusal: refused,
        details: {
          upload: upload.id,
          contentHash: upload.contentHash,
          overruled: source ? overruled(source) : [],
          samePeople: [...samePeople],
        },
      });
      return refused ?? source ?? refusal('NOT_FOUND', 'There is no such upload.');
    });
  }

  private async refuse(
    manager: EntityManager,
    upload: Upload,
    registration: Registration,
  ): Promise<Refusal | null> {
    if (upload.state !== 'INSPECTED' || !upload.proposal || !upload.contentHash) {
      return refusal(
        'UPLOAD_NOT_READY',
        `The upload is ${upload.state}; it has to be INSPECTED first.`,
        'uploadId',
      );
    }
    const { contentHash } = upload;
    const same = await manager.findOneBy(Source, { name: registration.name.trim(), contentHash });
    if (same) {
      return refusal(
        'ALREADY_REGISTERED',
        `These bytes are version ${same.version} of "${same.name}" already.`,
        'name',
      );
    }
    return refuseRegistration(registration, upload.columnNames ?? [], upload.proposal);
  }

  private async save(
    manager: EntityManager,
    actor: Actor,
    upload: Upload,
    registration: Registration,
  ): Promise<Source> {
    const name = registration.name.trim();
    const version = await nextVersion(manager, name);
    const { contentHash, bytes, rows, proposal } = upload;
    const source = await manager.save(
      manager.create(Source, {
        kind: 'EXTRACT',
        uploadId: upload.id,
        name,
        version,
        description: registration.description.trim(),
        citation: registration.citation.trim(),
        licence: registration.licence.trim(),
        contentHash: contentHash ?? '',
        bytes: bytes ?? '0',
        rows: rows ?? '0',
        columns: confirmedColumns(proposal ?? [], registration.columns),
        subjectColumn: registration.subjectColumn,
        registeredById: actor.id,
        registeredAt: this.clock.now(),
      }),
    );
    await manager.update(Upload, { id: upload.id }, { state: 'REGISTERED' });
    return source;
  }
}

/** Columns the custodian called something else than the inspection did; information governance should look at them. */
const overruled = (source: Source): string[] =>
  source.columns.filter(({ type, proposedType }) => type !== proposedType).map(({ name }) => name);
