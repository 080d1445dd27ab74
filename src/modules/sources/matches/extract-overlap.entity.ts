import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much two extracts have in common in their rows (no column), or in a column of each. The first hash is the smaller. */
@Entity('extract_overlap')
export class ExtractOverlap {
  @PrimaryColumn('text')
  oneHash!: string;

  @PrimaryColumn('text')
  otherHash!: string;

  @PrimaryColumn('text')
  oneColumn!: string | null;

  @PrimaryColumn('text')
  otherColumn!: string | null;

  @Column('integer')
  shared!: number;

  @Column('double precision')
  share!: number;
}
