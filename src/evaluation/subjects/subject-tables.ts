import type { KeyRelation } from '../../core/schema/key-relation.js';
import { keyTexts } from '../../core/table/key-cells.js';
import type { Table } from '../../core/table/table.js';

/** Several tables, of which one has a row for each subject. */
export interface SubjectTables {
  readonly tables: ReadonlyMap<string, Table>;
  readonly relations: readonly KeyRelation[];
  /** The table with one row for each subject. */
  readonly subjects: string;
}

/**
 * The subject that each row belongs to, as its place in the table of subjects; -1 for none. A row that names several
 * parents belongs to the subject of the first that has one. Tables from which no relation leads to the subjects are
 * left out: they are of nobody.
 */
export function subjectsOfRows({ tables, relations, subjects }: SubjectTables): Map<string, Int32Array> {
  const known = new Map<string, Int32Array>();
  const root = tables.get(subjects);
  if (!root) return known;
  known.set(
    subjects,
    Int32Array.from({ length: root.rowCount }, (_, row) => row),
  );
  const open = new Set([...tables.keys()].filter((name) => name !== subjects));
  for (let found = true; found;) {
    found = false;
    for (const name of open) {
      const up = relations.filter(({ child, parent }) => child === name && parent !== name);
      // A parent that may yet be reached is waited for.
      if (up.some(({ parent }) => open.has(parent) && leadsTo(parent, subjects, relations))) continue;
      const reached = up.filter(({ parent }) => known.has(parent));
      if (reached.length === 0) continue;
      known.set(name, subjectsByParents(tables, reached, known));
      open.delete(name);
      found = true;
    }
  }
  return known;
}

function leadsTo(from: string, to: string, relations: readonly KeyRelation[]): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { child, parent } of relations) if (child === name) open.push(parent);
  }
  return false;
}

function subjectsByParents(
  tables: ReadonlyMap<string, Table>,
  relations: readonly KeyRelation[],
  known: ReadonlyMap<string, Int32Array>,
): Int32Array {
  const child = tables.get(relations[0]?.child ?? '');
  const subjects = new Int32Array(child?.rowCount ?? 0).fill(-1);
  for (const { parent, parentKey, foreignKey } of relations) {
    const above = tables.get(parent);
    if (!child || !above) continue;
    const owners = known.get(parent);
    const ownerOf = new Map(
      keyTexts(above, parentKey).flatMap((key, row): [string, number][] =>
        key === null ? [] : [[key, owners?.[row] ?? -1]],
      ),
    );
    keyTexts(child, foreignKey).forEach((key, row) => {
      if (key !== null && (subjects[row] ?? -1) < 0) subjects[row] = ownerOf.get(key) ?? -1;
    });
  }
  return subjects;
}

/** The columns of a table that hold keys of its own or of another. */
export function keyColumnNames(table: string, relations: readonly KeyRelation[]): ReadonlySet<string> {
  return new Set(
    relations.flatMap(({ parent, parentKey, child, foreignKey }) => [
      ...(parent === table ? parentKey : []),
      ...(child === table ? foreignKey : []),
    ]),
  );
}
