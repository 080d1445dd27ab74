import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { CatalogueEntry } from './catalogue-entry.type.js';
import { type CataloguedRelease, disclosedRelease } from './catalogue.rules.js';

type Found = Omit<CatalogueEntry, 'title' | 'releaseNotes' | 'limitations' | 'downloaders'> &
  CataloguedRelease;

/** What is published, for everybody with an account: whoever knows of nothing can ask for nothing. */
@Injectable()
export class CatalogueService {
  constructor(
    private readonly transactions: Transactions,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Newest first. `publishedBefore`: the last one that was seen; null: from the newest. */
  async list(first: number, publishedBefore: Date | null): Promise<CatalogueEntry[]> {
    const found = await this.transactions.reader.query<Found[]>(
      `SELECT release.id, request.reference, release.tier, request.state, release.title,
         request.use_case AS "useCase", candidate.rows, cardinality(request.columns) AS "columnCount",
         request.formats, mechanism.generator || ' ' || mechanism.generator_version AS generator,
         endorsed.texts ->> 'releaseNotes' AS "releaseNotes", endorsed.texts ->> 'limitations' AS limitations,
         (SELECT count(DISTINCT person_id)::integer FROM download WHERE release_id = release.id) AS "downloaderCount",
         release.published_at AS "publishedAt", release.expires_at AS "expiresAt"
       FROM release
       JOIN request ON request.id = release.request_id
       JOIN mechanism ON mechanism.id = release.mechanism_id
       JOIN candidate ON candidate.request_id = request.id AND candidate.attempt = request.attempt
       LEFT JOIN LATERAL (
         SELECT endorsement AS texts FROM decision
         WHERE request_id = request.id AND command = 'endorse' AND candidate_hash = release.candidate_hash
         ORDER BY decided_at DESC LIMIT 1) AS endorsed ON true
       WHERE $2::timestamptz IS NULL OR release.published_at < $2
       ORDER BY release.published_at DESC LIMIT $1`,
      [first, publishedBefore],
    );
    const { disclosure, catalogue } = this.policy;
    return found.map((release) => disclosedRelease(release, { ...catalogue, disclosure }));
  }
}
