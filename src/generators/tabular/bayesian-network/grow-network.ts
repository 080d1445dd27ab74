/** A column and those before it that it is drawn given. */
export interface Family {
  readonly child: number;
  readonly parents: readonly number[];
}

export interface Growth {
  /** The column that is drawn first. */
  readonly root: number;
  /** Parents that a column has at most. */
  readonly degree: number;
  /** Whether a column may have those parents, beyond the first one. */
  readonly fits: (family: Family) => boolean;
  /**
   * One of the candidates, which are never none, instead of `current`; null: none of them is better. `current` is null
   * where a column is to be added, with a first parent.
   */
  readonly pick: (candidates: readonly Family[], current: Family | null) => Family | null;
  /** Looked at between columns. @param share of the columns that are placed */
  pause(share: number): Promise<void>;
}

/**
 * Adds the columns one by one, each with the parent that `pick` likes best, and then with one more at a time. The
 * greedy Bayesian network of PrivBayes (Zhang et al., ACM TODS 42(4), 2017), which picks all parents of a column at once:
 * one by one the candidates stay few where a table is wide.
 * @returns families in the order they are drawn: the parents of each lie before it
 */
export async function growNetwork(columns: number, growth: Growth): Promise<Family[]> {
  const families: Family[] = [{ child: growth.root, parents: [] }];
  const open = new Set(Array.from({ length: columns }, (_, column) => column));
  open.delete(growth.root);
  while (open.size > 0) {
    const placed = families.map(({ child }) => child);
    const pairs = [...open].flatMap((child) =>
      placed.map((parent): Family => ({ child, parents: [parent] })),
    );
    const [first = growth.root] = open;
    const family = growth.pick(pairs, null) ?? { child: first, parents: [] };
    const grown = family.parents.length === 0 ? family : addParents(family, placed, growth);
    families.push(grown);
    open.delete(grown.child);
    await growth.pause(families.length / columns);
  }
  return families;
}

function addParents(first: Family, placed: readonly number[], { degree, fits, pick }: Growth): Family {
  let family = first;
  while (family.parents.length < degree) {
    const { child, parents } = family;
    const wider = placed
      .filter((column) => !parents.includes(column))
      .map((column): Family => ({ child, parents: [...parents, column] }))
      .filter(fits);
    const next = wider.length === 0 ? null : pick(wider, family);
    if (next === null) break;
    family = next;
  }
  return family;
}
