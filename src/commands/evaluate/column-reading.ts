import type { ColumnProposal } from '../../core/files/inspect-columns.js';
import type { DateFormat } from '../../core/schema/date-format.js';
import type { SemanticType } from '../../core/schema/schema.js';
import type { SdvColumn } from './sdv-metadata.js';

/** How the cells of one column become values, alike in every table that is compared. */
export interface ColumnReading {
  readonly name: string;
  readonly kind: 'number' | 'date' | 'datetime' | 'category' | 'text';
  /** As strptime writes it; without it date-times are ISO 8601. */
  readonly datetimeFormat?: string;
  /** How one of the tables writes its dates; YYYY-MM-DD is read in any case, as made rows have it. */
  readonly dateFormat?: DateFormat;
  readonly missingMarkers: readonly string[];
}

/** Cell texts that mean "missing" where metadata describe the columns: what pandas takes for missing, and no more. */
export const metadataMarkers = [
  ...['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN'],
  ...['<NA>', 'N/A', 'NA', 'NULL', 'NaN', 'n/a', 'nan', 'null'],
];

export function readingOfMetadata(name: string, { sdtype, datetimeFormat }: SdvColumn): ColumnReading {
  const kind = sdtypeKinds[sdtype] ?? 'text';
  const format = kind === 'datetime' && datetimeFormat !== undefined ? { datetimeFormat } : {};
  return { name, kind, ...format, missingMarkers: metadataMarkers };
}

/** Other sdtypes (id, and those of personal data) are never compared. */
const sdtypeKinds: Readonly<Record<string, ColumnReading['kind']>> = {
  numerical: 'number',
  categorical: 'category',
  boolean: 'category',
  datetime: 'datetime',
};

/** Without metadata a column is read as the inspection of the real file proposes. */
export function readingOfProposal(proposal: ColumnProposal): ColumnReading {
  const { name, type, missingMarkers, dateFormat } = proposal;
  const written = dateFormat === undefined ? {} : { dateFormat };
  return { name, kind: typeKinds[type], missingMarkers: [...new Set(['', ...missingMarkers])], ...written };
}

const typeKinds: Readonly<Record<SemanticType, ColumnReading['kind']>> = {
  number: 'number',
  integer: 'number',
  date: 'date',
  datetime: 'datetime',
  category: 'category',
  boolean: 'category',
  identifier: 'text',
  'free-text': 'text',
};
