import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@ObjectType()
@Entity('person')
export class Person {
  static readonly subject = 'Person';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Lower case. Of people who sign in at an identity provider: as it verified it; null where it has not. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  passwordHash!: string | null;

  /** When the person last proved at the identity provider who they are; null: they have a password of ours. */
  @Column('timestamptz', { nullable: true })
  providerSignInAt!: Date | null;

  /** An administrator lets whoever has the same verified address at the provider take the account over. */
  @Field(() => Boolean)
  @Column('boolean')
  mayMoveToProvider!: boolean;

  @Field(() => [String])
  @Column('text', { array: true })
  roles!: string[];

  /** Seeded in demo mode, with a password everybody knows: never accepted in production. */
  @Column('boolean')
  demo!: boolean;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;

  @Column('uuid', { nullable: true })
  disabledById!: string | null;

  @Field(() => Boolean)
  get disabled(): boolean {
    return this.disabledAt !== null;
  }
}
