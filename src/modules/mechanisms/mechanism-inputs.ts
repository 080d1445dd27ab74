import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { isReleasable } from '../../core/schema/schema.js';
import type { AnyGenerator } from '../../generators/generator.js';
import { SourceModel } from '../models/index.js';
import { SourceProfile } from '../profiles/index.js';
import { Source } from '../sources/index.js';

/** What a mechanism is given, as it is now. */
export interface MechanismInput {
  readonly sees: AnyGenerator['sees'];
  readonly sourceId: string;
  readonly profileId: string | null;
  readonly modelId: string | null;
  /** Null until there is something to be given. */
  readonly hash: string | null;
  /** A profile that is signed, a model that is ready; a schema and rules always are. */
  readonly isUsable: boolean;
  /** Columns it can make. */
  readonly columns: readonly string[];
}

/** Names one of the three. */
export interface InputChoice {
  readonly sourceId?: string | null;
  readonly profileId?: string | null;
  readonly modelId?: string | null;
}

/** Null: there is no such thing. A choice of a profile or a model is preferred to that of the source alone. */
export async function findInput(manager: EntityManager, choice: InputChoice): Promise<MechanismInput | null> {
  const { sourceId, profileId, modelId } = choice;
  if (modelId) return modelInput(await manager.findOneBy(SourceModel, { id: modelId }));
  if (profileId) return profileInput(await manager.findOneBy(SourceProfile, { id: profileId }));
  return sourceInput(sourceId ? await manager.findOneBy(Source, { id: sourceId }) : null);
}

function sourceInput(source: Source | null): MechanismInput | null {
  if (!source) return null;
  const isRules = source.kind === 'RULES';
  return {
    ...{ sees: isRules ? 'rules' : 'schema', sourceId: source.id, profileId: null, modelId: null },
    isUsable: true,
    hash: isRules ? source.contentHash : sha256Hex(canonicalJson(source.schema)),
    columns: source.columns.filter(isReleasable).map(({ name }) => name),
  };
}

function profileInput(profile: SourceProfile | null): MechanismInput | null {
  if (!profile) return null;
  const { id, sourceId, state, hash, content } = profile;
  const described = content?.columns.filter(({ kind }) => kind !== 'withheld') ?? [];
  return {
    ...{ sees: 'profile', sourceId, profileId: id, modelId: null, hash },
    isUsable: state === 'SIGNED' && content !== null,
    columns: described.map(({ name }) => name),
  };
}

function modelInput(model: SourceModel | null): MechanismInput | null {
  if (!model) return null;
  const { id, sourceId, state, hash, columns } = model;
  return {
    ...{ sees: 'rows', sourceId, profileId: null, modelId: id, hash, isUsable: state === 'READY' },
    columns: columns.map(({ name }) => name),
  };
}
