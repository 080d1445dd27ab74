import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { DateFormat } from '../../core/schema/date-format.js';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ColumnSchema, SemanticType, TableSchema } from '../../core/schema/schema.js';
import { isReleasable } from '../../core/schema/schema.js';
import { SemanticTypeEnum } from './upload.entity.js';

@ObjectType('PublicBounds', { description: 'Dates in days and date-times in ms since 1970-01-01T00:00Z.' })
export class PublicBoundsType {
  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly high!: number;

  @Field(() => String)
  readonly provenance!: 'declared' | 'standard';
}

@ObjectType('PublicCategories')
export class PublicCategoriesType {
  @Field(() => [String])
  readonly values!: readonly string[];

  @Field(() => String)
  readonly provenance!: 'declared' | 'standard';
}

@ObjectType({ description: 'A column as the custodian confirmed it.' })
export class SourceColumn implements ColumnSchema {
  @Field(() => String)
  readonly name!: string;

  @Field(() => SemanticTypeEnum)
  readonly type!: SemanticType;

  @Field(() => [String])
  readonly missingMarkers!: string[];

  @Field(() => SemanticTypeEnum, { description: 'What the inspection proposed.' })
  readonly proposedType!: SemanticType;

  @Field(() => String, { nullable: true, description: 'UCUM.' })
  readonly unit?: string;

  @Field(() => PublicBoundsType, { nullable: true, description: 'Declared; never looked up in the data.' })
  readonly bounds?: PublicBoundsType;

  @Field(() => PublicCategoriesType, {
    nullable: true,
    description: 'Declared; never looked up in the data.',
  })
  readonly categories?: PublicCategoriesType;

  @Field(() => Int, { nullable: true, description: 'Digits after the decimal point.' })
  readonly decimals?: number;

  @Field(() => String, {
    nullable: true,
    description: 'As strptime has it, of dates not written YYYY-MM-DD.',
  })
  readonly dateFormat?: DateFormat;
}

const sourceKinds = ['EXTRACT', 'RULES'] as const;
type SourceKind = (typeof sourceKinds)[number];
const SourceKindEnum = Object.fromEntries(sourceKinds.map((kind) => [kind, kind]));
registerEnumType(SourceKindEnum, {
  name: 'SourceKind',
  description:
    'EXTRACT: real records. RULES: clinical rules that lives are simulated by; no record is in them.',
});

/** A registered real extract, or a set of clinical rules. It never changes: another one is another version. */
@ObjectType()
@Entity('source')
export class Source {
  static readonly subject = 'Source';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => SourceKindEnum)
  @Column('text')
  kind!: SourceKind;

  /** Null: nobody uploads rules. */
  @Column('uuid', { nullable: true })
  uploadId!: string | null;

  @Field(() => String)
  @Column('text')
  name!: string;

  @Field(() => Int)
  @Column('integer')
  version!: number;

  @Field(() => String)
  @Column('text')
  description!: string;

  @Field(() => String)
  @Column('text')
  citation!: string;

  @Field(() => String)
  @Column('text')
  licence!: string;

  /** Of an extract: SHA-256 of the bytes; also the object's key in the real zone. Of rules: over all of their files. */
  @Field(() => String)
  @Column('text')
  contentHash!: string;

  @Column('bigint')
  bytes!: string;

  @Column('bigint')
  rows!: string;

  @Field(() => [SourceColumn])
  @Column('jsonb')
  columns!: SourceColumn[];

  @Field(() => String, { nullable: true, description: 'The identifier column that tells whose row it is.' })
  @Column('text', { nullable: true })
  subjectColumn!: string | null;

  @Column('uuid')
  registeredById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  registeredAt!: Date;

  @Field(() => Float, { name: 'rows' })
  get rowCount(): number {
    return Number(this.rows);
  }

  @Field(() => [String], { description: 'Columns that may be asked for: no identifiers, no free text.' })
  get releasableColumns(): string[] {
    return this.columns.filter(isReleasable).map(({ name }) => name);
  }

  get schema(): TableSchema {
    return { columns: this.columns.map(toSchema) };
  }
}

/** What the column is, without how it came to be confirmed. */
function toSchema(column: SourceColumn): ColumnSchema {
  const { name, type, missingMarkers, unit, bounds, categories, decimals, dateFormat } = column;
  return {
    name,
    type,
    missingMarkers,
    ...(unit === undefined ? {} : { unit }),
    ...(bounds === undefined ? {} : { bounds }),
    ...(categories === undefined ? {} : { categories }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(dateFormat === undefined ? {} : { dateFormat }),
  };
}
