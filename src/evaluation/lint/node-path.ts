import { entryOf, type DataNode } from './data-node.js';

/** Words of the file formats themselves. */
const formatWords = new Set(
  (
    'src-stats tables columns results queries query dp-query comments name date epsilon delta snsql-metadata kwargs args ' +
    'row_generators missingness_generators story_generators story_generators_module row_generators_module ' +
    'object_instantiation columns_assigned num_rows_per_pass num_stories_per_pass vocabulary_table primary_private ' +
    'name_column ignore use-asyncio max-unique-constraint-tries dsn schema parquet-dir type nullable primary unique ' +
    'foreign_keys class host hostname server port user username account login password database dbname censor_dims ' +
    'clamp_counts clamp_columns sample_max_ids max_ids row_privacy use_dpsu version sourceHash disclosureControl rows ' +
    'cellCountMin countRounding tailShare binsMax categoriesMax kind count missingCount decimals edges counts ' +
    'categories value pooledCount reason profile hash entries patterns alternative_configs params covs counts a mean sd'
  ).split(' '),
);

/** Below these, names are those of statistics, tables and columns. */
const namingWords = new Set(['tables', 'columns', 'results', 'snsql-metadata', 'object_instantiation']);

/** Long runs of digits would be a number of somebody, not a name of something. */
const nameLike = /^(?!.*\d{4})[A-Za-z_][\w.]{0,79}$/;

/**
 * Where a node is, written so that nobody learns a value by it: names that are neither words of the format nor names of
 * statistics, tables or columns are replaced by their position, `{2}`.
 */
export function pathOf(node: DataNode): string {
  const steps: string[] = [];
  for (let at = node; at.parent !== null; at = at.parent) steps.push(stepText(at));
  return stemOf(node.file) + steps.reverse().join('');
}

/** The file's name without its endings: `src-stats` of `src-stats.yaml.gz`. */
export function stemOf(file: string): string {
  return file.replace(/(\.(ya?ml|json))?(\.gz)?$/i, '');
}

function stepText(node: DataNode): string {
  const { step, parent } = node;
  if (typeof step !== 'string') return `[${step ?? 0}]`;
  if (formatWords.has(step) || (parent !== null && isName(node, step, parent))) return `.${step}`;
  return `{${node.position + 1}}`;
}

function isName(node: DataNode, step: string, parent: DataNode): boolean {
  if (!nameLike.test(step)) return false;
  if (parent.parent === null) return isStatistic(node);
  const holder = parent.kind === 'map' && typeof parent.step === 'number' ? parent.parent : parent;
  const isBareResult = parent !== holder && holder.parent !== null && holder.parent.parent === null;
  return isBareResult || (typeof holder.step === 'string' && namingWords.has(holder.step));
}

/** What src-stats files hold under the name of each statistic: its rows, or a map that has them. */
function isStatistic(node: DataNode): boolean {
  return node.kind === 'list' || entryOf(node, 'results') !== undefined;
}
