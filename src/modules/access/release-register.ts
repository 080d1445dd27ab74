import { Inject, Injectable } from '@nestjs/common';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';

const listMax = 200;

@ObjectType({
  description: 'A release of tier HIGH that can be applied for: that it is there, and nothing of it.',
})
export class RegisteredRelease {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { nullable: true, description: 'Where the policy of the catalogue shows it.' })
  readonly title!: string | null;

  @Field(() => Date)
  readonly publishedAt!: Date;
}

/** So that people know what they can apply for. */
@Injectable()
export class ReleaseRegister {
  constructor(
    private readonly transactions: Transactions,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Newest first. */
  list(): Promise<RegisteredRelease[]> {
    return this.transactions.reader.query<RegisteredRelease[]>(
      `SELECT release.id, CASE WHEN $2 THEN release.title END AS title, release.published_at AS "publishedAt"
       FROM release JOIN request ON request.id = release.request_id
       WHERE request.state = 'PUBLISHED' AND request.tier = 'HIGH' ORDER BY release.published_at DESC LIMIT $1`,
      [listMax, this.policy.catalogue.titlesOfTierHigh],
    );
  }
}
