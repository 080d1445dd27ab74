import type { KeyRelation } from '../../core/schema/key-relation.js';
import { cellText } from '../../core/table/key-cells.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../core/table/table.js';
import type { Measure } from '../measure.js';
import { countText, plural } from '../figure.js';
import { NotComputableError } from '../not-computable-error.js';
import { chanceBound } from '../privacy/chance-bound.js';
import { keyColumnNames, subjectsOfRows } from './subject-tables.js';
import type { SubjectTables } from './subject-tables.js';
import type { SubjectContext } from './subject-context.js';

/** A subject's rows of one table, when there are so many: a single row is judged with the rest of the person. */
const rowsMin = 2;

/**
 * How many of the histories that were learned from reappear row by row, whoever they were given to, beyond what chance
 * explains: chance is how many histories of people never seen reappear. The rows of a subject in one table are compared
 * in any order, without keys, dates as the time since the first of them: neither new keys nor shifted dates hide a copy.
 * Each distinct synthetic history that equals one of a single half falls on either like a coin weighted by how many
 * distinct ones each has; the 99.9 % quantile of that law is the bound. The worst table counts.
 */
export const sequenceCopies: Measure<SubjectContext> = {
  name: 'subject-sequence-copies',
  title: 'Histories of people learned from that reappear, beyond those of people never seen',
  direction: 'lower',
  description: {
    section: 'related tables',
    range: '0 or more histories, lower is better',
    meaning: 'How many histories of people learned from reappear row by row beyond what chance explains.',
    source: 'own; bound of a binomial law',
  },
  run({ train, holdout, candidate, seed }) {
    const names = [...train.tables.keys()].filter((name) => name !== train.subjects);
    const [before, never, made] = [train, holdout, candidate].map(sequencesOf);
    const found = names.flatMap((name) => {
      const [own, other, drawn] = [before?.get(name), never?.get(name), made?.get(name)];
      return own && other && drawn ? [{ name, ...copiesAmong(own, other, drawn) }] : [];
    });
    if (found.every(({ distinct }) => distinct === 0))
      throw new NotComputableError(
        'Nobody has several rows in a table, so that there is no history to copy.',
      );
    const worst = found.reduce((a, b) => (b.beyond > a.beyond ? b : a));
    const copied = found.reduce((sum, { copies }) => sum + copies, 0);
    const explanation =
      `${plural(copied, 'history', 'histories')} of people learned from reappear row by row in ` +
      `${plural(found.length, 'table')}; in "${worst.name}" ${countText(worst.copies)} do, and ` +
      `${countText(worst.byChance)} of people never seen do so by chance. ` +
      (worst.beyond > 0
        ? `That is ${countText(worst.beyond)} more than chance explains: they may be copies.`
        : 'Chance explains as many.');
    const rows = {
      train: train.tables.get(train.subjects)?.rowCount ?? 0,
      holdout: holdout.tables.get(holdout.subjects)?.rowCount ?? 0,
      candidate: candidate.tables.get(candidate.subjects)?.rowCount ?? 0,
    };
    const basis = { rows, seed, version: '1' };
    return Promise.resolve({ value: worst.beyond, direction: 'lower', explanation, basis });
  },
};

function copiesAmong(
  train: ReadonlySet<string>,
  holdout: ReadonlySet<string>,
  made: ReadonlySet<string>,
): { copies: number; byChance: number; beyond: number; distinct: number } {
  let [copies, byChance] = [0, 0];
  for (const sequence of made) {
    if (train.has(sequence) === holdout.has(sequence)) continue;
    if (train.has(sequence)) copies += 1;
    else byChance += 1;
  }
  const distinct = train.size + holdout.size;
  const probability = distinct === 0 ? 0 : train.size / distinct;
  const bound = chanceBound({ trials: copies + byChance, probability });
  return { copies, byChance, beyond: Math.max(0, copies - bound), distinct };
}

/** The distinct histories of each table, as texts. */
function sequencesOf(all: SubjectTables): Map<string, ReadonlySet<string>> {
  const owners = subjectsOfRows(all);
  return new Map(
    [...owners]
      .filter(([name]) => name !== all.subjects)
      .flatMap(([name, own]): [string, ReadonlySet<string>][] => {
        const table = all.tables.get(name);
        return table ? [[name, sequencesIn(name, table, own, all.relations)]] : [];
      }),
  );
}

function sequencesIn(
  name: string,
  { columns }: Table,
  owners: Int32Array,
  relations: readonly KeyRelation[],
): ReadonlySet<string> {
  const keys = keyColumnNames(name, relations);
  const compared = [...columns].filter(([column]) => !keys.has(column));
  const rowsOf = new Map<number, number[]>();
  owners.forEach((subject, row) => {
    const rows = rowsOf.get(subject);
    if (rows) rows.push(row);
    else rowsOf.set(subject, [row]);
  });
  rowsOf.delete(-1);
  const sequences = new Set<string>();
  for (const rows of rowsOf.values()) {
    if (rows.length < rowsMin) continue;
    const first = compared.map(([, column]) => firstTime(column, rows));
    const texts = rows.map((row) =>
      JSON.stringify(compared.map(([, column], place) => cellSince(column, row, first[place] ?? 0))),
    );
    sequences.add(texts.sort().join('\n'));
  }
  return sequences;
}

/** The first time among the rows; 0 for what is no time. */
function firstTime(column: Column, rows: readonly number[]): number {
  if (column.kind !== 'date' && column.kind !== 'datetime') return 0;
  return rows.reduce(
    (first, row) => (isMissing(column.missing, row) ? first : Math.min(first, column.values[row] ?? first)),
    Infinity,
  );
}

function cellSince(column: Column, row: number, first: number): string | number | null {
  if (isMissing(column.missing, row)) return null;
  if (column.kind === 'date' || column.kind === 'datetime') return (column.values[row] ?? 0) - first;
  return column.kind === 'number' ? (column.values[row] ?? 0) : cellText(column, row);
}
