import type { Type } from '@nestjs/common';
import { createUnionType } from '@nestjs/graphql';
import { RefusalType } from './refusal.type.js';

/** The result of a mutation: the object it changed, or why it did not. */
export function resultUnion<Value extends object>(name: string, valueType: Type<Value>): Value | RefusalType {
  const union: unknown = createUnionType({
    name,
    types: () => [valueType, RefusalType] as const,
    resolveType: (value: Value | RefusalType) => (value instanceof RefusalType ? RefusalType : valueType),
  });
  return union as Value | RefusalType;
}
