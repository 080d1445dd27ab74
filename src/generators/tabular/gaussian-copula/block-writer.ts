import { createMissingBitmap, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Column, MissingBitmap } from '../../../core/table/table.js';
import { snapToGrid } from '../guards/value-grid.js';
import type { Component } from './components.js';
import { categoryAt, numberAt } from './marginal.js';
import type { CopulaColumn, GaussianCopulaModel } from './model.js';
import type { Restriction } from './restrictions.js';

interface Target {
  readonly place: number;
  readonly column: CopulaColumn;
  readonly restriction: Restriction | undefined;
  readonly isClass: boolean;
  /** Numbers, or codes of categories. */
  readonly values: Float64Array;
  readonly missing: MissingBitmap;
}

interface DrawnRow {
  /** Probability of each latent: of the columns in order, then of the pattern. */
  readonly uniforms: Float64Array;
  /** The uniform that decides whether a column is missing by chance. */
  readonly missing: (place: number) => number;
}

/** Turns the probabilities of each row of a block into its cells. */
export class BlockWriter {
  readonly #patterns: readonly ReadonlySet<number>[];
  readonly #targets: readonly Target[];
  readonly #patternLatent: number;

  constructor(
    { columns, patterns, parameters }: GaussianCopulaModel,
    restrictions: ReadonlyMap<number, Restriction>,
    { asked, rows }: { readonly asked: readonly number[]; readonly rows: number },
  ) {
    this.#patterns = patterns.map((pattern) => new Set(pattern));
    this.#patternLatent = columns.length;
    this.#targets = asked.flatMap((place): Target[] => {
      const column = columns[place];
      if (!column) return [];
      return [
        {
          place,
          column,
          restriction: restrictions.get(place),
          isClass: column.name === parameters.perClass,
          values: new Float64Array(rows),
          missing: createMissingBitmap(rows),
        },
      ];
    });
  }

  write(offset: number, component: Component, row: DrawnRow): void {
    const pattern = component.pattern ?? this.#drawPattern(component, row);
    for (const target of this.#targets) {
      const value = target.isClass
        ? component.code
        : this.#isMissing(target, pattern, row)
          ? NaN
          : valueOf(target, component, row);
      if (Number.isNaN(value) || (target.isClass && value < 0)) markMissing(target.missing, offset);
      else target.values[offset] = value;
    }
  }

  columns(): readonly Column[] {
    return this.#targets.map(({ column: { type, values: learned }, values, missing }) => {
      if (learned.kind === 'categories')
        return {
          kind: 'category',
          codes: Int32Array.from(values),
          dictionary: learned.dictionary,
          missing,
        };
      if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
      return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
    });
  }

  #drawPattern({ group }: Component, { uniforms }: DrawnRow): number {
    if (group.pattern.kind === 'none') return 0;
    return categoryAt(group.pattern, uniforms[this.#patternLatent] ?? 0);
  }

  #isMissing({ place, column, restriction }: Target, pattern: number, { missing }: DrawnRow): boolean {
    if (restriction) return restriction.kind === 'missing';
    if (this.#patterns[pattern]?.has(place)) return true;
    return column.extraMissing > 0 && missing(place) < column.extraMissing;
  }
}

/** NaN where the group has no value. */
function valueOf(
  { place, column, restriction }: Target,
  { group }: Component,
  { uniforms }: DrawnRow,
): number {
  const marginal = group.marginals[place];
  const uniform = uniforms[place] ?? 0;
  if (marginal?.kind === 'categories')
    return restriction?.kind === 'category' ? restriction.code : categoryAt(marginal, uniform);
  if (marginal?.kind !== 'numbers' || column.values.kind !== 'numbers') return NaN;
  const { grid, bounds } = column.values;
  const limits = restriction?.kind === 'numbers' ? restriction : bounds;
  const value = snapToGrid(grid, numberAt(marginal, uniform));
  return Math.min(limits.high, Math.max(limits.low, value));
}
