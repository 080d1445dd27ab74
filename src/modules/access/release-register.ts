import { Injectable } from '@nestjs/common';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Transactions } from '../platform/index.js';

const listMax = 200;

@ObjectType({
  description: 'A release of tier HIGH that can be applied for: that it is there, and nothing of it.',
})
export class RegisteredRelease {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String)
  readonly title!: string;

  @Field(() => Date)
  readonly publishedAt!: Date;
}

/** So that people know what they can apply for. */
@Injectable()
export class ReleaseRegister {
  constructor(private readonly transactions: Transactions) {}

  /** Newest first. */
  list(): Promise<RegisteredRelease[]> {
    return this.transactions.reader.query<RegisteredRelease[]>(
      `SELECT release.id, release.title, release.published_at AS "publishedAt"
       FROM release JOIN request ON request.id = release.request_id
       WHERE request.state = 'PUBLISHED' AND request.tier = 'HIGH' ORDER BY release.published_at DESC LIMIT $1`,
      [listMax],
    );
  }
}
