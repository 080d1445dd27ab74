import { groupBy } from '../../../core/collections/group-by.js';
import { entryOf, itemsOf, numberOf, textOf } from '../data-node.js';
import type { Place } from '../finding.js';
import { placeOf, type LintFolder } from '../lint-folder.js';
import { readPrivacyBlocks, type PrivacyBlock } from '../readers/queries.js';
import type { LintRule } from './lint-rule.js';

export const privacyBudgetUnledgered: LintRule = {
  id: 'privacy-budget-unledgered',
  title: 'Privacy budget that was spent is in a ledger',
  severity: 'fail',
  reason:
    'Each query of differential privacy spends from one budget of the source; without a ledger nobody knows the sum. Spends add up (sequential composition).',
  find: (folder) => {
    const ledger = entriesOf(folder);
    const named = new Set(folder.files.flatMap(readPrivacyBlocks).map(({ name }) => name));
    return folder.files.flatMap((file) => {
      const open = readPrivacyBlocks(file).filter((block) => !isCovered(block, ledger));
      return [...totalOf(open), ...withoutBlock(folder, file.name, named)];
    });
  },
};

interface LedgerEntry {
  readonly epsilon: number;
  readonly delta: number;
}

type Ledger = ReadonlyMap<string, readonly LedgerEntry[]>;

function entriesOf({ files }: LintFolder): Ledger {
  const entries = files.flatMap(({ kind, root }) =>
    kind === 'ledger' && root ? itemsOf(entryOf(root, 'entries')) : [],
  );
  const read = entries.map((entry) => ({
    query: textOf(entryOf(entry, 'query')) ?? '',
    epsilon: numberOf(entryOf(entry, 'epsilon')) ?? 0,
    delta: numberOf(entryOf(entry, 'delta')) ?? 0,
  }));
  return groupBy(read, ({ query }) => query);
}

function isCovered({ name, epsilon, delta }: PrivacyBlock, ledger: Ledger): boolean {
  if (epsilon === null) return false;
  const entries = ledger.get(name) ?? [];
  return entries.some((one) => one.epsilon >= epsilon && one.delta >= (delta ?? 0));
}

function totalOf(blocks: readonly PrivacyBlock[]): Place[] {
  const [first] = blocks;
  if (first === undefined) return [];
  const total = (values: readonly (number | null)[]): string =>
    String(Number(values.reduce<number>((sum, value) => sum + (value ?? 0), 0).toPrecision(6)));
  const silent = blocks.filter(({ epsilon }) => epsilon === null).length;
  const spent = `epsilon ${total(blocks.map((one) => one.epsilon))} and delta ${total(blocks.map((one) => one.delta))}`;
  const unsaid = silent === 0 ? '' : ` ${silent} of them do not say what they spend.`;
  const queries = blocks.length === 1 ? '1 private query spends' : `${blocks.length} private queries spend`;
  return [
    placeOf(first.node.parent ?? first.node, `${queries} ${spent} in total, and no ledger has it.${unsaid}`),
  ];
}

/** A private query beside its results, when no configuration in the folder says what it spent. */
function withoutBlock({ queries }: LintFolder, file: string, named: ReadonlySet<string>): Place[] {
  return queries
    .filter(({ node, purpose, name }) => node.file === file && purpose === 'private' && !named.has(name))
    .map(({ node }) => placeOf(node, 'A private query was run, and nothing says what it spent.'));
}
