import type { DisclosureControl } from '../../core/profile/profile.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { groupTable, groupUtilityTable } from '../groups/group-tables.js';
import { groupsOfContext, groupUtilityOf } from '../groups/measures.js';
import { plausibilityMeasures } from '../plausibility/measures.js';
import { checkedRules } from '../plausibility/rule-findings.js';
import { ruleTable } from '../plausibility/rule-table.js';
import { NotComputableError } from '../not-computable-error.js';
import {
  coefficientTable,
  gridTable,
  importanceTable,
  leftOutTable,
} from '../utility/model-agreement-tables.js';
import { trainTestMeasures } from '../utility/train-test-measures.js';
import { trainTestTable } from '../utility/train-test-table.js';
import {
  coefficientsOf,
  gridOf,
  importancesOfModels,
  leftOutOf,
  taskOf,
  trainTestOf,
} from '../utility/utility.js';
import type { DetailTable } from './detail-table.js';

interface DetailSource {
  /** The measures whose figures it lays open; when none of them ran there is no table. */
  readonly measures: readonly string[];
  readonly tables: (
    context: EvaluationContext,
    control: DisclosureControl,
  ) => Promise<readonly DetailTable[]>;
}

const namesOf = (measures: readonly { readonly name: string }[]): string[] =>
  measures.map(({ name }) => name);

const sources: readonly DetailSource[] = [
  {
    measures: namesOf(trainTestMeasures),
    tables: async (context) => [trainTestTable(await taskOf(context), await trainTestOf(context))],
  },
  {
    measures: ['forest-grid-difference'],
    tables: async (context) => [gridTable(await gridOf(context))],
  },
  {
    measures: ['coefficient-overlap'],
    tables: async (context) => [coefficientTable(await coefficientsOf(context))],
  },
  {
    measures: ['lovo-relative-error'],
    tables: async (context) => [leftOutTable(await leftOutOf(context))],
  },
  {
    measures: ['importance-agreement'],
    tables: async (context) => [importanceTable(await importancesOfModels(context))],
  },
  {
    measures: ['group-representation', 'group-fidelity'],
    tables: async (context, control) => [groupTable(await groupsOfContext(context), control)],
  },
  {
    measures: ['group-tstr-loss'],
    tables: async (context, control) => [groupUtilityTable(await groupUtilityOf(context), control)],
  },
  {
    measures: namesOf(plausibilityMeasures),
    tables: async (context, control) => [ruleTable(await checkedRules(context), control)],
  },
];

/** The tables behind the measures that ran. What cannot be computed has said so as a measure and has no table. */
export async function detailTables(
  context: EvaluationContext,
  ran: ReadonlySet<string>,
  control: DisclosureControl,
): Promise<DetailTable[]> {
  const found: DetailTable[] = [];
  for (const { measures, tables } of sources) {
    if (!measures.some((name) => ran.has(name))) continue;
    try {
      found.push(...(await tables(context, control)));
    } catch (error) {
      if (!(error instanceof NotComputableError)) throw error;
    }
  }
  return found;
}
