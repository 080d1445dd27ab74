import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@ObjectType()
@Entity('person')
export class Person {
  static readonly subject = 'Person';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Lower case. */
  @Column('text')
  email!: string;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Column('text')
  passwordHash!: string;

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
}
