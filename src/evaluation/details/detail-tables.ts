import type { DisclosureControl } from '../../core/profile/profile.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { NotComputableError } from '../not-computable-error.js';
import { trainTestMeasures } from '../utility/train-test-measures.js';
import { trainTestTable } from '../utility/train-test-table.js';
import { taskOf, trainTestOf } from '../utility/utility.js';
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
