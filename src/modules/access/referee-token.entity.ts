import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was mailed to a referee; only its hash is kept. A newer one of the same grant spends it. */
@Entity('referee_token')
export class RefereeToken {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  grantId!: string;

  @Column('text')
  secretHash!: string;

  @Column('timestamptz')
  sentAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  spentAt!: Date | null;
}
