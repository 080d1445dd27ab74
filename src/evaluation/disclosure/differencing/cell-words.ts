import type { ColumnProfile } from '../../../core/profile/profile.js';
import type { LineCell } from './count-line.js';
import type { PublishedStatistics } from './published-statistics.js';

const dayMs = 86_400_000;

/** "age from 40 to under 45", "sex = F", "sex missing". */
export function cellWords(name: string | null, cell: LineCell, type: ColumnProfile['type']): string {
  if (name === null) return 'the source as a whole';
  switch (cell.kind) {
    case 'rows':
      return 'all rows';
    case 'present':
      return `${name} present`;
    case 'missing':
      return `${name} missing`;
    case 'unnamed':
      return `${name} other than every category named`;
    case 'category':
      return `${name} = ${cell.value}`;
    case 'range':
      return `${name} ${rangeWords(cell.from, cell.to, type)}`;
  }
}

function rangeWords(from: number, to: number, type: ColumnProfile['type']): string {
  if (from === -Infinity && to === Infinity) return 'of any value';
  if (from === -Infinity) return `under ${valueText(to, type)}`;
  if (to === Infinity) return `from ${valueText(from, type)}`;
  return `from ${valueText(from, type)} to under ${valueText(to, type)}`;
}

/** A number, or the date or the time that it stands for. */
export function valueText(value: number, type: ColumnProfile['type']): string {
  if (type !== 'date' && type !== 'datetime') return String(value);
  const time = new Date(type === 'date' ? value * dayMs : value);
  if (Number.isNaN(time.getTime())) return String(value);
  return type === 'date'
    ? time.toISOString().slice(0, 10)
    : time.toISOString().slice(0, 16).replace('T', ' ');
}

/** "profile 3f2a91c0 and release 77b0…": by kind and the first digits of the hash. */
export function publicationWords(publications: readonly PublishedStatistics[]): string {
  const names = publications.map(({ kind, hash }) => `${kind} ${hash.slice(0, 12)}`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** "between 1 and 4 people", "at most 4 people", "exactly 1 person". */
export function rangeOfPeople(atLeast: number, atMost: number): string {
  const people = atMost === 1 ? 'person' : 'people';
  if (atLeast === atMost) return `exactly ${atMost} ${people}`;
  return atLeast === 0 ? `at most ${atMost} ${people}` : `between ${atLeast} and ${atMost} ${people}`;
}
