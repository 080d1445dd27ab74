import { Field, Float, ObjectType } from '@nestjs/graphql';
import type { ColumnProfile } from '../../core/profile/profile.js';

@ObjectType({ description: 'A range of values and how many records lie in it (rounded).' })
export class ProfileBin {
  @Field(() => Float)
  readonly from!: number;

  @Field(() => Float)
  readonly to!: number;

  @Field(() => Float)
  readonly count!: number;
}

@ObjectType({ description: 'A category and how many records have it (rounded).' })
export class ProfileCategory {
  @Field(() => String)
  readonly value!: string;

  @Field(() => Float)
  readonly count!: number;
}

@ObjectType({
  description: 'What the profile says of one column. Every figure rests on at least the minimum cell count.',
})
export class ProfileColumn {
  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly type!: string;

  @Field(() => String, { description: 'numeric, categorical or withheld.' })
  readonly kind!: string;

  @Field(() => Float)
  readonly count!: number;

  @Field(() => Float, { nullable: true, description: 'Null: above zero, but too few to say.' })
  readonly missingCount!: number | null;

  @Field(() => [ProfileBin])
  readonly bins!: ProfileBin[];

  @Field(() => [ProfileCategory])
  readonly categories!: ProfileCategory[];

  @Field(() => Float, { nullable: true, description: 'Records in categories too small to name.' })
  readonly pooledCount!: number | null;

  @Field(() => String, { nullable: true, description: 'Why nothing is said of the values.' })
  readonly withheld!: string | null;
}

export function toProfileColumn(column: ColumnProfile): ProfileColumn {
  const { name, type, kind, count, missingCount } = column;
  const common = {
    name,
    type,
    kind,
    count,
    missingCount,
    bins: [],
    categories: [],
    pooledCount: null,
    withheld: null,
  };
  switch (column.kind) {
    case 'numeric':
      return { ...common, bins: binsOf(column.edges, column.counts) };
    case 'categorical':
      return { ...common, categories: [...column.categories], pooledCount: column.pooledCount };
    case 'withheld':
      return { ...common, withheld: column.reason };
  }
}

function binsOf(edges: readonly number[], counts: readonly number[]): ProfileBin[] {
  return counts.map((count, index) => ({ from: edges[index] ?? NaN, to: edges[index + 1] ?? NaN, count }));
}
