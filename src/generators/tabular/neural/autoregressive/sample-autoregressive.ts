import { requireColumns } from '../../../../core/schema/unknown-column-error.js';
import type { Column, Table } from '../../../../core/table/table.js';
import type { ColumnFormat } from '../../../../core/table/column-format.js';
import type { Random } from '../../../../core/random/random.js';
import type { ConditionalSampleOptions } from '../../../generator.js';
import { requireRowCount, rowBlocks } from '../../../row-blocks.js';
import type { RowRange } from '../../column-sampler.js';
import { openOps } from '../open-ops.js';
import { drawCells, draws, pickWeighted } from './draw-cells.js';
import { GroupDrawer } from './group-drawer.js';
import type { AutoregressiveModel } from './model.js';
import { rebalancedShares } from './rebalanced-groups.js';
import { restrict } from './restricted-cells.js';
import type { Restriction } from './restricted-cells.js';

/**
 * Column by column, each given those before it: what conditions fix comes first, then what they limit, then the others
 * in the order of the schema. The same rows whatever the size of a block. With several ranges each is met in every row,
 * but the law of one does not know that a later one will be met.
 * @throws {UnknownColumnError} {ConditionError} {RangeError} before the first block
 */
export function sampleAutoregressive(
  model: AutoregressiveModel,
  { columns, rows, random, conditions = new Map() }: ConditionalSampleOptions,
  rowsPerBlock: number,
): AsyncIterable<Table> {
  requireRowCount(rows);
  const names = model.columns.map(({ name }) => name);
  requireColumns([...columns, ...conditions.keys()], names);
  const restrictions = model.columns.map((column) => {
    const condition = conditions.get(column.name);
    return condition === undefined ? undefined : restrict(column, condition);
  });
  const { rebalance } = model.parameters;
  const rebalanced = conditions.has(rebalance?.column ?? '') ? -1 : names.indexOf(rebalance?.column ?? '');
  return blocks(model, {
    ...{ columns, rows, random, rowsPerBlock, restrictions, rebalanced },
    order: orderOf(restrictions, rebalanced),
  });
}

interface Sampling {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly random: Random;
  readonly rowsPerBlock: number;
  readonly restrictions: readonly (Restriction | undefined)[];
  /** The place of the column whose shares are given; -1 when there is none. */
  readonly rebalanced: number;
  /** Places of columns in the order they are drawn. */
  readonly order: readonly number[];
}

/** Fixed groups before groups that are limited before all others. */
function orderOf(restrictions: readonly (Restriction | undefined)[], rebalanced: number): number[] {
  const rank = (place: number): number => {
    const shares = restrictions[place]?.shares;
    if (shares) return shares.filter((share) => share > 0).length === 1 ? 0 : 2;
    return place === rebalanced ? 1 : 3;
  };
  return [...restrictions.keys()].sort((a, b) => rank(a) - rank(b) || a - b);
}

async function* blocks(model: AutoregressiveModel, sampling: Sampling): AsyncGenerator<Table> {
  const drawer = new GroupDrawer(await openOps(model.parameters.backend), model);
  const streams = model.columns.map(({ name }) => sampling.random.fork(`column/${name}`));
  yield* rowBlocks(sampling.rows, sampling.rowsPerBlock, (range) => {
    const groups = drawBlock(model, drawer, { ...sampling, range, streams });
    return new Map(
      sampling.columns.flatMap((name): [string, Column][] => {
        const place = model.columns.findIndex((column) => column.name === name);
        const [column, random, own] = [model.columns[place], streams[place], groups[place]];
        if (!column || !random || !own) return [];
        const restriction = sampling.restrictions[place];
        return [[name, drawCells(column, own, { start: range.start, random, restriction })]];
      }),
    );
  });
}

function drawBlock(
  model: AutoregressiveModel,
  drawer: GroupDrawer,
  {
    order,
    restrictions,
    rebalanced,
    range,
    streams,
  }: Sampling & { readonly range: RowRange; readonly streams: readonly Random[] },
): Int32Array[] {
  const codes: Int32Array[] = model.columns.map(() => new Int32Array(range.count));
  for (const [rank, column] of order.entries()) {
    const random = streams[column];
    const of = model.columns[column];
    if (!random || !of) continue;
    const shares = restrictions[column]?.shares;
    const only =
      shares?.filter((share) => share > 0).length === 1 ? shares.findIndex((share) => share > 0) : -1;
    const before = new Set(order.slice(0, rank));
    const { rebalance } = model.parameters;
    if (only >= 0) codes[column] = new Int32Array(range.count).fill(only);
    else if (column === rebalanced && rebalance) {
      const wanted = rebalancedShares(of, rebalance);
      codes[column] = Int32Array.from({ length: range.count }, (_, offset) =>
        pickWeighted(wanted, random.uniformAt(range.start + offset, draws.group)),
      );
    } else {
      const isShown = (other: number): boolean => before.has(other);
      codes[column] = drawer.draw({ column, codes, isShown, shares, start: range.start, random });
    }
  }
  return codes;
}

export function autoregressiveFormats({ columns }: AutoregressiveModel): readonly ColumnFormat[] {
  return columns.map(({ name, type, domain }) => {
    const isNumber = domain.kind === 'numbers' && (type === 'number' || type === 'integer');
    return isNumber ? { name, type, decimals: domain.decimals } : { name, type };
  });
}
