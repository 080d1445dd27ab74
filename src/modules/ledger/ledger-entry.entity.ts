import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LedgerEntry as Booking } from '../../core/privacy/ledger-entry.js';

const LedgerStateEnum = { RESERVED: 'RESERVED', SPENT: 'SPENT' } as const;
registerEnumType(LedgerStateEnum, { name: 'LedgerState' });

/** Privacy budget of a source that one model takes. It counts from the moment it is reserved, and for ever. */
@ObjectType()
@Entity('ledger_entry')
export class LedgerEntry {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  sourceId!: string;

  @Field(() => ID)
  @Column('uuid')
  modelId!: string;

  @Field(() => Float)
  @Column('double precision')
  epsilon!: number;

  @Field(() => Float)
  @Column('double precision')
  delta!: number;

  @Field(() => Float, { description: 'Of zero-concentrated differential privacy; adds up.' })
  @Column('double precision')
  rho!: number;

  @Field(() => Int, { description: 'Rows of one subject that count at most.' })
  @Column('integer')
  rowsPerSubject!: number;

  @Field(() => LedgerStateEnum)
  @Column('text')
  state!: keyof typeof LedgerStateEnum;

  /** Null when the work ended without saying what it asked. */
  @Column('jsonb', { nullable: true })
  booked!: readonly Booking[] | null;

  @Field(() => Date)
  @Column('timestamptz')
  reservedAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;

  @Field(() => String, { name: 'booked', nullable: true, description: 'JSON: each question that was asked.' })
  get bookedJson(): string | null {
    return this.booked && JSON.stringify(this.booked);
  }
}
