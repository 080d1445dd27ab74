import { unpackModel } from '../../../model-file/model-bytes.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import { semanticTypes } from '../../../../core/schema/schema.js';
import { readDomain, readEntry, readGroups } from '../../network/load-network.js';
import { cellCount } from '../../domain/public-domain.js';
import { groupCount } from '../../network/network-model.js';
import { readEpoch, readValues } from '../training/checkpoint.js';
import type { TrainingRecord } from '../training/training-plan.js';
import type { AutoregressiveColumn, AutoregressiveModel, DrawParameters } from './model.js';
import { networkShapes } from './any-order-network.js';
import { requireRebalance } from './rebalanced-groups.js';

interface ModelFacts<Parameters extends DrawParameters> {
  readonly name: string;
  readonly version: string;
  /** Throws what it refuses. */
  readonly parse: (parameters: Readonly<Record<string, unknown>>) => Parameters;
}

/**
 * The model that was saved, everything that sampling relies on checked.
 * @throws {ModelFormatError} with the place
 */
export function loadAutoregressive<Parameters extends DrawParameters>(
  bytes: Uint8Array,
  { name, version, parse }: ModelFacts<Parameters>,
): AutoregressiveModel & { readonly parameters: Parameters } {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([name]);
  reader.at('version').oneOf([version]);
  const at = reader.at('parameters');
  const parameters = at.attempt(() => parse(at.record()));
  const columns = reader.at('columns').list(readColumn);
  if (new Set(columns.map((column) => column.name)).size < columns.length)
    reader.at('columns').fail('one stands in it twice');
  at.attempt(() => {
    requireRebalance(columns, parameters.rebalance);
  });
  const widths = {
    hiddenMax: reader.at('widths').at('hiddenMax').integer(1, 4096),
    embeddingMax: reader.at('widths').at('embeddingMax').integer(1, 4096),
  };
  const weights = readValues(reader.at('weights'));
  for (const [weight, size] of networkShapes(columns, widths))
    if (weights[weight]?.length !== size) reader.at('weights').fail(`"${weight}" has not ${size} numbers`);
  const backend = reader.at('backend');
  return {
    ...{ generator: name, version, parameters, columns, widths, weights },
    backend: { name: backend.at('name').text(), version: backend.at('version').text() },
    training: readTraining(reader.at('training')),
    spent: reader.at('spent').list(readEntry),
  };
}

export function readTraining(reader: ModelReader): TrainingRecord {
  return {
    steps: reader.at('steps').integer(0),
    ended: reader.at('ended').oneOf(['epochs', 'steps', 'no-better-loss']),
    curve: reader.at('curve').list(readEpoch),
  };
}

function readColumn(reader: ModelReader): AutoregressiveColumn {
  const type = reader.at('type').oneOf(semanticTypes);
  const domain = readDomain(reader.at('domain'));
  const isText = type === 'category' || type === 'boolean';
  if (type === 'identifier' || type === 'free-text' || isText !== (domain.kind === 'categories'))
    reader.at('domain').fail(`it is not that of a column of type ${type}`);
  const groups = readGroups(reader.at('groups'), cellCount(domain));
  const start = reader.at('start').floats();
  if (start.length !== groupCount(groups) || !start.every(Number.isFinite))
    reader.at('start').fail('it has not one number for each group');
  const hiddenMissing = reader.at('hiddenMissing').number(0, 1);
  if (hiddenMissing > 0 && !domain.mayBeMissing) reader.at('hiddenMissing').fail('nothing may be missing');
  return { name: reader.at('name').text(), type, domain, groups, hiddenMissing, start };
}
