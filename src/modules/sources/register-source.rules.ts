import type { ColumnSchema, SemanticType } from '../../core/schema/schema.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { isSketched } from './matches/sketched-columns.js';
import { refusePublicFacts } from './public-facts.rules.js';

export interface Registration {
  readonly name: string;
  readonly description: string;
  readonly citation: string;
  readonly licence: string;
  readonly columns: readonly ColumnSchema[];
  /** The identifier column that tells whose row it is; null: each row is somebody else's. */
  readonly subjectColumn: string | null;
}

const wordsMax = 4_000;

/** What people are told of every source. */
export type SourceWords = Pick<Registration, 'name' | 'description' | 'citation' | 'licence'>;

export function refuseWords(words: SourceWords): Refusal | null {
  for (const field of ['name', 'description', 'citation', 'licence'] as const) {
    const text = words[field].trim();
    if (text === '') return refusal('INCOMPLETE', `Say something under "${field}".`, field);
    if (text.length > wordsMax)
      return refusal('INCOMPLETE', `"${field}" is longer than ${wordsMax} characters.`, field);
  }
  return null;
}

/** The custodian must have said something about every column of the file, and about no other. */
export function refuseRegistration(
  registration: Registration,
  fileColumns: readonly string[],
  proposal: readonly { readonly name: string; readonly type: SemanticType }[],
): Refusal | null {
  const unsaid = refuseWords(registration);
  if (unsaid) return unsaid;
  const named = registration.columns.map(({ name }) => name);
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined)
    return refusal('DUPLICATE_COLUMN', `The column "${twice}" is confirmed twice.`, twice);
  const unknown = named.find((name) => !fileColumns.includes(name));
  if (unknown !== undefined)
    return refusal('UNKNOWN_COLUMN', `The file has no column "${unknown}".`, unknown);
  const left = fileColumns.find((name) => !named.includes(name));
  if (left !== undefined) return refusal('INCOMPLETE', `The column "${left}" is not confirmed.`, left);
  return refuseSubject(registration, proposal) ?? firstOf(registration.columns, refusePublicFacts);
}

function refuseSubject(
  { subjectColumn, columns }: Registration,
  proposal: Parameters<typeof refuseRegistration>[2],
): Refusal | null {
  if (subjectColumn === null) return null;
  const column = columns.find(({ name }) => name === subjectColumn);
  if (!column)
    return refusal('UNKNOWN_COLUMN', `The file has no column "${subjectColumn}".`, 'subjectColumn');
  const proposed = proposal.find(({ name }) => name === subjectColumn);
  if (proposed && !isSketched(proposed.type)) {
    const message = `"${subjectColumn}" looks like a ${proposed.type}: it tells nobody whose row it is.`;
    return refusal('BAD_PARAMETERS', message, 'subjectColumn');
  }
  if (column.type === 'identifier') return null;
  const message = `"${subjectColumn}" is confirmed as ${column.type}; the column of the subject is an identifier.`;
  return refusal('BAD_PARAMETERS', message, 'subjectColumn');
}

function firstOf<Item>(items: readonly Item[], refuse: (item: Item) => Refusal | null): Refusal | null {
  for (const item of items) {
    const refused = refuse(item);
    if (refused) return refused;
  }
  return null;
}
