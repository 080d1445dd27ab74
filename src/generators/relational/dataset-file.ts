import { packModel, unpackModel } from '../model-file/model-bytes.js';
import { ModelReader } from '../model-file/model-reader.js';
import type { RelationalModel } from './model.js';
import { relationalTrees } from './relational-trees.js';

const kind = 'model-of-tables';

/** What a model file of several tables says of itself. */
interface DatasetAbout {
  /** SHA-256 over the files that were learned from. */
  readonly sourceHash: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface DatasetFile {
  readonly model: RelationalModel;
  readonly about: DatasetAbout;
}

/** Equal models, equal bytes. */
export function saveDatasetFile({ model, about }: DatasetFile): Uint8Array {
  return packModel({ kind, generator: relationalTrees.name, about, inner: relationalTrees.save(model) });
}

/** Null when the bytes are a model of a single table. @throws {ModelFormatError} with the place */
export function loadDatasetFile(bytes: Uint8Array): DatasetFile | null {
  const reader = new ModelReader(unpackModel(bytes));
  if (reader.record()['kind'] !== kind) return null;
  reader.at('generator').oneOf([relationalTrees.name]);
  const about = reader.at('about');
  return {
    model: relationalTrees.load(reader.at('inner').bytes()),
    about: { sourceHash: about.at('sourceHash').text(), parameters: about.at('parameters').record() },
  };
}
