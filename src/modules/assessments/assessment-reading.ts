import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
import type { Document } from '../../exporters/document/document.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, refusal, Transactions } from '../platform/index.js';
import { assessmentHash } from './assessment-content.js';
import { type AssessmentChange, diffAssessments } from './assessment-diff.js';
import { assessmentDocument } from './assessment-document.js';
import { Assessment } from './assessment.entity.js';

/** What people see of assessments. */
@Injectable()
export class AssessmentReading {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** By request, all versions, newest first. */
  async ofRequests(requestIds: readonly string[]): Promise<ReadonlyMap<string, Assessment[]>> {
    const where = { requestId: In(requestIds) };
    const found = await this.transactions.reader.find(Assessment, { where, order: { createdAt: 'DESC' } });
    return groupBy(found, ({ requestId }) => requestId);
  }

  /** By mechanism, the signed ones that speak for it. */
  async ofMechanisms(mechanismIds: readonly string[]): Promise<ReadonlyMap<string, Assessment[]>> {
    const where = { mechanismId: In(mechanismIds), state: 'SIGNED' as const };
    const found = await this.transactions.reader.find(Assessment, { where, order: { createdAt: 'DESC' } });
    return groupBy(found, ({ mechanismId }) => mechanismId ?? '');
  }

  isSuperseded({ version }: Assessment, versions: readonly Assessment[]): boolean {
    return versions.some((other) => other.version > version && other.state === 'SIGNED');
  }

  /** From the version before; nothing for the first. */
  changesOf({ version, content }: Assessment, versions: readonly Assessment[]): AssessmentChange[] {
    const [before] = versions
      .filter((other) => other.version < version)
      .sort((one, other) => other.version - one.version);
    return before ? diffAssessments(before.content, content) : [];
  }

  documentOf(assessment: Assessment, versions: readonly Assessment[]): Document {
    const { content, signedAt } = assessment;
    return assessmentDocument(content, {
      hash: assessmentHash(content),
      signedAt: signedAt?.toISOString() ?? null,
      isSuperseded: this.isSuperseded(assessment, versions),
    });
  }

  /** Handing out the document is on record. */
  async exportFor(actor: Actor, id: string, form: string): Promise<Document | Refusal> {
    const assessment = await this.transactions.reader.findOneBy(Assessment, { id });
    const refused = assessment
      ? actor.refuse('read', assessment)
      : refusal('NOT_FOUND', 'There is no such assessment.');
    await this.audit.recordAlone({
      actor,
      action: 'export-assessment',
      subjectType: 'Assessment',
      subjectId: id,
      refusal: refused,
      details: { form },
    });
    if (refused) return refused;
    if (!assessment) return refusal('NOT_FOUND', 'There is none.');
    const { requestId } = assessment;
    return this.documentOf(assessment, (await this.ofRequests([requestId])).get(requestId) ?? []);
  }
}
