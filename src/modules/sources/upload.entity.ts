import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DateFormat } from '../../core/schema/date-format.js';
import { type SemanticType, semanticTypes } from '../../core/schema/schema.js';

export const uploadStates = ['OPEN', 'RECEIVED', 'INSPECTED', 'REFUSED', 'REGISTERED'] as const;
const UploadStateEnum = Object.fromEntries(uploadStates.map((state) => [state, state]));
registerEnumType(UploadStateEnum, { name: 'UploadState' });

/** Hyphens are not allowed in GraphQL names. */
export const SemanticTypeEnum = Object.fromEntries(
  semanticTypes.map((type) => [type.replace('-', '_'), type]),
);
registerEnumType(SemanticTypeEnum, { name: 'SemanticType' });

@ObjectType({
  description: 'How many cells of a column look like something; a cell may look like several things.',
})
export class CellEvidenceType {
  @Field(() => String)
  readonly looksLike!: string;

  @Field(() => Int)
  readonly cells!: number;
}

@ObjectType({ description: 'A number that may mean "not known"; it is a value until you say otherwise.' })
export class SuspectedMarkerType {
  @Field(() => String)
  readonly marker!: string;

  @Field(() => Int)
  readonly cells!: number;

  @Field(() => String)
  readonly reason!: string;
}

@ObjectType({ description: 'What a column of an uploaded file seems to be, for the custodian to confirm.' })
export class ColumnProposalType {
  @Field(() => String)
  readonly name!: string;

  @Field(() => SemanticTypeEnum)
  readonly type!: SemanticType;

  @Field(() => [String], { description: 'Cell texts that seem to mean "not known".' })
  readonly missingMarkers!: string[];

  @Field(() => String, { description: 'Why, in a sentence.' })
  readonly reason!: string;

  @Field(() => Int)
  readonly distinctCount!: number;

  @Field(() => Int)
  readonly missingCount!: number;

  @Field(() => [CellEvidenceType], { nullable: true })
  readonly evidence?: CellEvidenceType[];

  @Field(() => [SuspectedMarkerType], { nullable: true })
  readonly suspectedMarkers?: SuspectedMarkerType[];

  @Field(() => String, {
    nullable: true,
    description: 'As strptime has it, of dates not written YYYY-MM-DD.',
  })
  readonly dateFormat?: DateFormat;
}

/** A file on its way in. It becomes a source when the custodian has confirmed what its columns are. */
@ObjectType()
@Entity('upload')
export class Upload {
  static readonly subject = 'Upload';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  openedById!: string;

  @Field(() => UploadStateEnum)
  @Column('text')
  state!: (typeof uploadStates)[number];

  /** SHA-256 of the bytes; also the object's key in the real zone. */
  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  contentHash!: string | null;

  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('bigint', { nullable: true })
  rows!: string | null;

  @Column('text', { array: true, nullable: true })
  columnNames!: string[] | null;

  @Field(() => [ColumnProposalType], { nullable: true })
  @Column('jsonb', { nullable: true })
  proposal!: ColumnProposalType[] | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt was refused.' })
  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  expiresAt!: Date;

  @Field(() => String, { description: 'Send the file here with PUT, as text/csv, with your token.' })
  get path(): string {
    return `/uploads/${this.id}`;
  }

  @Field(() => Float, { nullable: true, name: 'rows' })
  get rowCount(): number | null {
    return this.rows === null ? null : Number(this.rows);
  }
}
