import type { Random } from '../../core/random/random.js';
import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import { selectCells } from '../../core/table/select-rows.js';
import type { BinnedFeature } from '../../core/trees/tree.js';
import { redrawTailsOfSubjects } from '../tabular/guards/redraw-tails.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import type { CartParameters } from '../tabular/sequential-cart/parameters.js';
import type { ArrangedTable } from './arrange-rows.js';
import { binsOfFeatures, fieldColumn, leavesOf, numberField } from './field-columns.js';
import { columnFields, cutsOf, gatherFeature, numberFeature, ownerFeature } from './features.js';
import { learnedTimes } from './fit-times.js';
import type { LearnedTimes } from './fit-times.js';
import type { DerivedCuts, TableModel } from './model.js';
import { cellText } from '../../core/table/key-cells.js';
import { Guarding, tailGuardOf } from './guarding.js';
import type { GuardedField } from './guarding.js';
import { keyStyleFor } from './new-keys.js';
import { keyColumns, ownKeyColumns } from './plan-dataset.js';
import type { DatasetPlan } from './plan-dataset.js';
import type { PresentTable } from './row-times.js';

/** A table that was learned, as the tables below see it. */
export interface LearnedTable extends PresentTable {
  /** Its fields, then how far its time is from the anchor. */
  readonly seen: readonly BinnedFeature[];
  /** By the relation to this table. */
  readonly leaves: ReadonlyMap<number, Int32Array>;
}

export interface FitContext {
  readonly plan: DatasetPlan;
  readonly arranged: ReadonlyMap<string, ArrangedTable>;
  readonly schemas: ReadonlyMap<string, ColumnSchema>;
  readonly parameters: CartParameters;
  readonly random: Random;
  /** Called after every column; throws when it is to stop. */
  readonly tick: () => Promise<void>;
}

export interface FitResult {
  readonly model: TableModel;
  readonly learned: LearnedTable;
  readonly outside: number;
}

/** Learns what the rows of a table are like, given the rows above them and the row before. */
export async function fitTable(
  table: ArrangedTable,
  known: ReadonlyMap<string, LearnedTable>,
  context: FitContext,
): Promise<FitResult> {
  const { plan, linked, sequence, rows } = table;
  const { rowCount } = rows;
  const columns = await readColumns(table, context);
  const here = { plan, rowCount, linked, sequence, columns };
  const times = learnedTimes(context.plan, here, known);
  const guarding = new Guarding(table, context);
  const leaves = new Map(
    [...known.values()]
      .flatMap((other) => [...other.leaves])
      .filter(([id]) => plan.links.some((each) => each.id === id)),
  );
  const fieldContext = { ...context, columns, time: times.time, leaves };
  const fields = plan.fields.map((field) =>
    guarding.prepare(fieldColumn(table, field, fieldContext), tailGuardOf(field)),
  );
  const cuts = derivedCuts(table, times, context.parameters.bins);
  const own = fields.map(({ feature }) => feature);
  const beforeTime = featuresBeforeTime(table, known, { cuts, times, own });
  const clocks = await fitClock(table, times, { beforeTime, guarding, context });
  const afterTime = [
    ...beforeTime,
    numberFeature(times.now, cuts.now),
    numberFeature(times.gap, cuts.gap),
    numberFeature(times.rest, cuts.rest),
  ];
  const models = await fitFields(fields, afterTime, { guarding, rowCount, tick: context.tick });
  const model: TableModel = {
    name: plan.shape.name,
    rootRows: plan.owners.length === 0 && plan.root !== context.plan.subjects ? rowCount : 0,
    keys: keyStyleFor(await sourceKeys(table, context)),
    cuts,
    ...clocks,
    fields: models,
  };
  const seen = [...own, numberFeature(times.now, cuts.now)];
  const leavesHere = linkLeaves(table, models, [...afterTime, ...own]);
  const learned = { plan, rowCount, linked, columns, time: times.time, seen, leaves: leavesHere };
  return { model, learned, outside: times.outside };
}

/** Each field from what is known before it. */
async function fitFields(
  fields: readonly GuardedField[],
  features: readonly BinnedFeature[],
  { guarding, rowCount, tick }: { guarding: Guarding; rowCount: number; tick: FitContext['tick'] },
): Promise<ColumnModel[]> {
  const models: ColumnModel[] = [];
  for (const [place, field] of fields.entries()) {
    const before = fields.slice(0, place);
    const earlier = {
      rowCount,
      features: [...features, ...before.map(({ feature }) => feature)],
      prepared: before.map(({ prepared }) => prepared),
      ...guarding.subjects,
    };
    models.push(guarding.fit(field, earlier));
    await tick();
  }
  return models;
}

/** The leaf of each row in the first tree of every count. Trees see no feature that comes after their own field. */
function linkLeaves(
  { plan: { fields }, rows }: ArrangedTable,
  models: readonly ColumnModel[],
  features: readonly BinnedFeature[],
): Map<number, Int32Array> {
  const leaves = new Map<number, Int32Array>();
  for (const [place, field] of fields.entries()) {
    const counted = models[place];
    if (field.kind === 'count' && counted)
      leaves.set(field.relation.id, leavesOf(counted, binsOfFeatures(features), rows.rowCount));
  }
  return leaves;
}

async function readColumns(
  { plan, rows }: ArrangedTable,
  { plan: { relations } }: FitContext,
): Promise<Map<string, Column>> {
  const keys = keyColumns(plan.shape, relations);
  const columns = new Map<string, Column>();
  for (const { name } of plan.shape.columns) if (!keys.has(name)) columns.set(name, await rows.column(name));
  return columns;
}

/** All keys of the source that a new key must differ from. */
async function sourceKeys(
  { plan: { shape }, rows }: ArrangedTable,
  { plan: { relations } }: FitContext,
): Promise<string[]> {
  const keys: string[] = [];
  for (const name of ownKeyColumns(shape, relations)) {
    const column = await rows.column(name);
    for (let row = 0; row < rows.rowCount; row += 1) keys.push(cellText(column, row) ?? '');
  }
  return keys;
}

function derivedCuts({ sequence }: ArrangedTable, times: LearnedTimes, bins: number): DerivedCuts {
  const left = sequence.siblings.map((siblings, row) => siblings - 1 - (sequence.position[row] ?? 0));
  return {
    position: cutsOf(Float64Array.from(sequence.position), bins),
    left: cutsOf(Float64Array.from(left), bins),
    room: cutsOf(times.room.slice(), bins),
    since: cutsOf(times.since.slice(), bins),
    now: cutsOf(times.now.slice(), bins),
    gap: cutsOf(times.gap.slice(), bins),
    rest: cutsOf(times.rest.slice(), bins),
  };
}

/** In the order that `featureCounts` describes. */
function featuresBeforeTime(
  { plan, linked, sequence }: ArrangedTable,
  known: ReadonlyMap<string, LearnedTable>,
  { cuts, times, own }: { cuts: DerivedCuts; times: LearnedTimes; own: readonly BinnedFeature[] },
): BinnedFeature[] {
  const above = plan.ancestors.flatMap((name) => {
    const rows = linked.ancestors.get(name) ?? new Int32Array();
    return (known.get(name)?.seen ?? []).map((feature) => gatherFeature(feature, rows));
  });
  const before = sequence.position.map((position, row) => (position > 0 ? row - 1 : -1));
  const left = Float64Array.from(
    sequence.siblings,
    (siblings, row) => siblings - 1 - (sequence.position[row] ?? 0),
  );
  return [
    ...above,
    ownerFeature(linked.owner, plan.owners.length),
    numberFeature(Float64Array.from(sequence.position), cuts.position),
    numberFeature(left, cuts.left),
    numberFeature(times.room, cuts.room),
    numberFeature(times.since, cuts.since),
    ...columnFields(plan).flatMap((place) => {
      const feature = own[place];
      return feature ? [gatherFeature(feature, before)] : [];
    }),
  ];
}

interface ClockFit {
  readonly beforeTime: readonly BinnedFeature[];
  readonly guarding: Guarding;
  readonly context: FitContext;
}

/** The first time of a parent and the steps after it are learned apart: they are not of one kind. */
async function fitClock(
  { plan: { clock }, sequence, linked }: ArrangedTable,
  { gap }: LearnedTimes,
  { beforeTime, guarding, context }: ClockFit,
): Promise<Pick<TableModel, 'start' | 'step'>> {
  if (!clock) return { start: null, step: null };
  const fitPart = async (name: string, isPart: (position: number) => boolean): Promise<ColumnModel> => {
    const rows = Int32Array.from(sequence.position.keys()).filter((row) =>
      isPart(sequence.position[row] ?? 0),
    );
    const { column, schema } = numberField(`time ${name}`, gap);
    const type = clock.unit === 'number' ? clock.type : 'integer';
    const part = { schema: { ...schema, type }, column: selectCells(column, rows) };
    const { learned } = guarding.subjects;
    const subjects = guarding.subjects.subjects
      ? {
          subjects: rows.map((row) => linked.unit[row] ?? 0),
          ...(learned ? { learned: Uint8Array.from(rows, (row) => learned[row] ?? 1) } : {}),
        }
      : {};
    const field = guarding.prepareRows(part, rows.length, subjects, redrawTailsOfSubjects);
    const features = beforeTime.map((feature) => gatherFeature(feature, rows));
    const model = guarding.fit(field, { rowCount: rows.length, features, prepared: [], ...subjects });
    await context.tick();
    return model;
  };
  return {
    start: await fitPart('start', (position) => position === 0),
    step: await fitPart('step', (position) => position > 0),
  };
}
