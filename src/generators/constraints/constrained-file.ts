import { semanticTypes } from '../../core/schema/schema.js';
import type { FittedModel, RowsGenerator } from '../generator.js';
import { findGenerator } from '../generators.js';
import type { IdentifierColumn } from '../identifiers/new-values.js';
import { parseNewIdentifier } from '../identifiers/parse-new-identifier.js';
import { wordLists } from '../identifiers/word-spaces.js';
import { packModel, unpackModel } from '../model-file/model-bytes.js';
import { ModelReader } from '../model-file/model-reader.js';
import type { ConstrainedModel } from './constrained.js';
import { parseConstraints } from './constraint.js';
import type { Facts } from './planned-constraint.js';

const kind = 'model-with-constraints';

/** What a model file says of itself. */
interface ModelAbout {
  /** Rows that were learned from. */
  readonly sourceRows: number;
  /** SHA-256 of the file that was learned from. */
  readonly sourceHash: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ModelFile {
  readonly generator: RowsGenerator;
  readonly model: ConstrainedModel;
  readonly about: ModelAbout;
}

/** Equal models, equal bytes. */
export function saveModelFile({ generator, model, about }: ModelFile): Uint8Array {
  const { constraints, facts, identifiers, columns, inner } = model;
  const lists = identifiers.length === 0 ? '' : wordLists;
  const parts = { constraints, facts, identifiers, wordLists: lists, columns, about };
  return packModel({ kind, generator: generator.name, ...parts, inner: generator.save(inner) });
}

/** @throws {ModelFormatError} with the place */
export function loadModelFile(bytes: Uint8Array): ModelFile {
  const reader = new ModelReader(unpackModel(bytes));
  reader.at('kind').oneOf([kind]);
  const name = reader.at('generator').text();
  const generator = findGenerator(name);
  if (generator?.sees !== 'rows')
    return reader.at('generator').fail(`there is no generator "${name}" with a model`);
  const inner: FittedModel = generator.load(reader.at('inner').bytes());
  const constraints = reader.attempt(() => parseConstraints(reader.record()['constraints']));
  const facts = reader.at('facts').list(readFacts);
  if (facts.length !== constraints.length) reader.at('facts').fail('there is not one for each constraint');
  const columns = reader.at('columns').list((column) => ({
    name: column.at('name').text(),
    type: column.at('type').oneOf(semanticTypes),
  }));
  const about = reader.at('about');
  return {
    generator,
    model: { constraints, facts, identifiers: readIdentifiers(reader), columns, inner },
    about: {
      sourceRows: about.at('sourceRows').integer(0),
      sourceHash: about.at('sourceHash').text(),
      parameters: about.at('parameters').record(),
    },
  };
}

/** Another version of the lists would make other rows of the same seed. */
function readIdentifiers(reader: ModelReader): IdentifierColumn[] {
  const identifiers = reader.at('identifiers').list((column) => {
    const name = column.at('name').text();
    const { regenerate } = column.record();
    return { name, regenerate: column.attempt(() => parseNewIdentifier(name, regenerate)) };
  });
  if (identifiers.length > 0) reader.at('wordLists').oneOf([wordLists]);
  return identifiers;
}

function readFacts(reader: ModelReader): Facts {
  const combinations = reader.at('combinations').list((each) => each.list((cell) => cell.textOrNull()));
  return {
    decimals: reader.at('decimals').integer(0, 15),
    kind: reader.at('kind').oneOf(['number', 'date', 'datetime']),
    isText: reader.at('isText').boolean(),
    combinations,
  };
}
