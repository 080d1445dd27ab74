import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import type { Document } from '../../exporters/document/document.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, refusal, Transactions } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
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

  /** Those of the request, and signed ones that speak for its mechanism. Newest first. */
  async listFor(actor: Actor, { id: requestId, mechanismId }: ReleaseRequest): Promise<Assessment[]> {
    if (!actor.may('read', new Assessment())) return [];
    return this.transactions.reader.find(Assessment, {
      where: [{ requestId }, ...(mechanismId === null ? [] : [{ mechanismId, state: 'SIGNED' as const }])],
      order: { createdAt: 'DESC' },
      take: 200,
    });
  }

  isSuperseded({ requestId, version }: Assessment): Promise<boolean> {
    const where = { requestId, version: MoreThan(version), state: 'SIGNED' as const };
    return this.transactions.reader.existsBy(Assessment, where);
  }

  /** From the version before; nothing for the first. */
  async changesOf({ requestId, version, content }: Assessment): Promise<AssessmentChange[]> {
    const before = await this.transactions.reader.findOne(Assessment, {
      where: { requestId, version: LessThan(version) },
      order: { version: 'DESC' },
    });
    return before ? diffAssessments(before.content, content) : [];
  }

  async documentOf(assessment: Assessment): Promise<Document> {
    const { content, signedAt } = assessment;
    return assessmentDocument(content, {
      hash: assessmentHash(content),
      signedAt: signedAt?.toISOString() ?? null,
      isSuperseded: await this.isSuperseded(assessment),
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
    return refused ?? (assessment ? this.documentOf(assessment) : refusal('NOT_FOUND', 'There is none.'));
  }
}
