import type { ColumnFormat } from '../core/table/column-format.js';

/** What the cells of a written column are read back as. */
export type StoredType = 'DOUBLE' | 'BIGINT' | 'DATE' | 'TIMESTAMP WITH TIME ZONE' | 'VARCHAR';

/** Yes and no are texts, since sources write them in many ways; so are identifiers, however many digits they have. */
export function storedType({ type, decimals }: ColumnFormat): StoredType {
  switch (type) {
    case 'number':
      return 'DOUBLE';
    case 'integer':
      return (decimals ?? 0) === 0 ? 'BIGINT' : 'DOUBLE';
    case 'date':
      return 'DATE';
    case 'datetime':
      return 'TIMESTAMP WITH TIME ZONE';
    case 'category':
    case 'boolean':
    case 'identifier':
    case 'free-text':
      return 'VARCHAR';
  }
}
