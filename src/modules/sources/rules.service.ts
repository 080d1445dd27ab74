import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { clinicalTrajectories } from '../../generators/trajectories/clinical-trajectories.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, CONFIG, type Config, type Refusal, refusal, Transactions } from '../platform/index.js';
import { refuseWords, type SourceWords } from './register-source.rules.js';
import { Source } from './source.entity.js';
import { nextVersion } from './source-version.js';

/** Makes the rules that this installation has a source, so that data made by them are asked for like any other. */
@Injectable()
export class RulesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async register(actor: Actor, words: SourceWords): Promise<Source | Refusal> {
    const contentHash = await clinicalTrajectories.hash(this.config.rules);
    return this.transactions.run(async (manager) => {
      const refused = refuseWords(words) ?? (await refuseTwice(manager, words.name.trim(), contentHash));
      const source = refused ? null : await this.save(manager, actor, words, contentHash);
      await this.audit.record(manager, {
        actor,
        action: 'register-rules',
        subjectType: 'Source',
        subjectId: source?.id ?? null,
        refusal: refused,
        details: { contentHash },
      });
      return source ?? refused ?? refusal('NOT_FOUND', 'There are no rules.');
    });
  }

  private async save(
    manager: EntityManager,
    actor: Actor,
    words: SourceWords,
    contentHash: string,
  ): Promise<Source> {
    const name = words.name.trim();
    return manager.save(
      manager.create(Source, {
        ...{ kind: 'RULES', uploadId: null, name, version: await nextVersion(manager, name) },
        description: words.description.trim(),
        citation: words.citation.trim(),
        licence: words.licence.trim(),
        ...{ contentHash, bytes: '0', rows: '0', columns: [], subjectColumn: null },
        registeredById: actor.id,
        registeredAt: this.clock.now(),
      }),
    );
  }
}

async function refuseTwice(
  manager: EntityManager,
  name: string,
  contentHash: string,
): Promise<Refusal | null> {
  const same = await manager.findOneBy(Source, { name, contentHash });
  return (
    same &&
    refusal(
      'ALREADY_REGISTERED',
      `These rules are version ${same.version} of "${same.name}" already.`,
      'name',
    )
  );
}
