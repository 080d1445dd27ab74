import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@ObjectType()
@Entity('person')
export class Person {
  static readonly subject = 'Person';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Lower case. Null: the person signs in at an identity provider. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  passwordHash!: string | null;

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
