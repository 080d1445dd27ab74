import type { LedgerEntry } from '../../../core/privacy/ledger-entry.js';
import { semanticTypes } from '../../../core/schema/schema.js';
import { unpackModel } from '../../model-file/model-bytes.js';
import { ModelReader } from '../../model-file/model-reader.js';
import { cellCount, cellsMax, pointsMax } from '../domain/public-domain.js';
import type { PublicDomain } from '../domain/public-domain.js';
import type { CellGroups, NetworkColumn, NetworkModel } from './network-model.js';
import { groupCount } from './network-model.js';

export interface NetworkFacts {
  readonly name: string;
  readonly version: string;
  /** Throws what it refuses. */
  readonly parse: (parameters: Readonly<Record<string, unknown>>) => object;
}

/**
 * The model that was saved, everything that sampling relies on checked.
 * @throws {ModelFormatError} with the place
 */
export function loadNetwork(bytes: Uint8Array, { name, version, parse }: NetworkFacts): NetworkModel {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('generator').oneOf([name]);
  reader.at('version').oneOf([version]);
  const parameters = reader.at('parameters');
  parameters.attempt(() => parse(parameters.record()));
  const names = reader.at('names').list((each) => each.text());
  const columns: NetworkColumn[] = [];
  reader.at('columns').list((each) => columns.push(readColumn(each, columns)));
  const found = columns.map((column) => column.name);
  if (new Set(found).size < found.length || [...found].sort().join('\0') !== [...names].sort().join('\0'))
    reader.at('columns').fail('they are not the columns of "names", each once');
  return {
    generator: name,
    version,
    parameters: parameters.record(),
    names,
    columns,
    spent: reader.at('spent').list(readEntry),
  };
}

function readColumn(reader: ModelReader, earlier: readonly NetworkColumn[]): NetworkColumn {
  const type = reader.at('type').oneOf(semanticTypes);
  const domain = readDomain(reader.at('domain'));
  const isText = type === 'category' || type === 'boolean';
  if (type === 'identifier' || type === 'free-text' || isText !== (domain.kind === 'categories'))
    reader.at('domain').fail(`it is not that of a column of type ${type}`);
  const groups = readGroups(reader.at('groups'), cellCount(domain));
  const parents = reader.at('parents').list((parent) => parent.integer(0, earlier.length - 1));
  const cumulative = reader.at('cumulative');
  const combinations = parents.reduce((product, parent) => {
    const column = earlier[parent];
    return product * (column ? groupCount(column.groups) : 1);
  }, 1);
  const shares = cumulative.floats();
  if (new Set(parents).size < parents.length) reader.at('parents').fail('one stands in it twice');
  if (shares.length !== combinations * groupCount(groups))
    cumulative.fail('it has not one share for each group and combination');
  const width = groupCount(groups);
  if (!isAscending(shares, (at) => at % width === 0)) cumulative.fail('a row of shares does not ascend');
  return { name: reader.at('name').text(), type, domain, groups, parents, cumulative: shares };
}

export function readDomain(reader: ModelReader): PublicDomain {
  const kind = reader.at('kind').oneOf(['numbers', 'categories']);
  const mayBeMissing = reader.at('mayBeMissing').boolean();
  if (kind === 'categories') {
    const values = reader.at('values').list((value) => value.text());
    if (values.length === 0) reader.at('values').fail('there is none');
    return { kind, values, mayBeMissing };
  }
  const points = reader.at('points').integer(1, pointsMax);
  const has = (name: string): boolean => Object.hasOwn(reader.record(), name);
  return {
    kind,
    decimals: reader.at('decimals').integer(0, 15),
    first: reader.at('first').integer(Number.MIN_SAFE_INTEGER),
    ...(has('step') ? { step: reader.at('step').integer(1) } : {}),
    points,
    cells: reader.at('cells').integer(1, Math.min(points, cellsMax)),
    ...(has('atoms') ? { atoms: readAtoms(reader.at('atoms'), points) } : {}),
    mayBeMissing,
  };
}

function readAtoms(reader: ModelReader, points: number): Float64Array {
  const atoms = reader.floats();
  if (atoms.some((atom) => !(Number.isInteger(atom) && atom >= 0 && atom < points)))
    reader.fail('one is no value of the column');
  return atoms;
}

export function readGroups(reader: ModelReader, cellsEnd: number): CellGroups {
  const starts = reader.at('starts').integers();
  const cells = reader.at('cells').integers();
  const cumulative = reader.at('cumulative').floats();
  const isBroken = starts.some((start, group) => group > 0 && !(start > (starts[group - 1] ?? start)));
  if (starts.length < 2 || starts[0] !== 0 || starts.at(-1) !== cells.length || isBroken)
    reader.at('starts').fail('they do not cut the cells into groups');
  if (cells.some((cell) => cell < 0 || cell >= cellsEnd))
    reader.at('cells').fail('one is none of the domain');
  const firsts = new Set(starts);
  if (cumulative.length !== cells.length || !isAscending(cumulative, (at) => firsts.has(at)))
    reader.at('cumulative').fail('the shares of a group do not ascend');
  return { starts, cells, cumulative };
}

/** Each run, begun where `isFirst` says so, is finite, 0 or more, never falls and ends above 0. */
function isAscending(shares: Float64Array, isFirst: (at: number) => boolean): boolean {
  let before = 1;
  for (let at = 0; at < shares.length; at += 1) {
    if (isFirst(at)) {
      if (!(before > 0)) return false;
      before = 0;
    }
    const share = shares[at] ?? NaN;
    if (!(share >= before && share < Infinity)) return false;
    before = share;
  }
  return before > 0;
}

export function readEntry(reader: ModelReader): LedgerEntry {
  const cost = reader.at('cost');
  const kind = cost.at('kind').oneOf(['zcdp', 'pure']);
  return {
    mechanism: reader.at('mechanism').oneOf(['discrete-gaussian', 'discrete-laplace', 'exponential']),
    purpose: reader.at('purpose').text(),
    queries: reader.at('queries').integer(1),
    sensitivity: reader.at('sensitivity').number(0),
    cost:
      kind === 'zcdp'
        ? { kind, rho: cost.at('rho').number(0) }
        : { kind, epsilon: cost.at('epsilon').number(0) },
    delta: reader.at('delta').number(0, 1),
    neighbours: reader.at('neighbours').oneOf(['add-or-remove-a-subject']),
    rowsPerSubject: reader.at('rowsPerSubject').integer(1),
    bound: reader.at('bound').oneOf(['enforced', 'declared']),
  };
}
