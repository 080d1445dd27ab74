import type { EntityManager } from 'typeorm';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { AnyGenerator } from '../../generators/generator.js';
import { allGenerators, findAnyGenerator } from '../../generators/generators.js';
import { generatorNamed } from '../../generators/method-names.js';
import { parseParameters, SourceModel } from '../models/index.js';
import { type Refusal, refusal } from '../platform/index.js';
import type { Policy } from '../policy/index.js';
import { SourceProfile } from '../profiles/index.js';
import type { UseCase } from '../vocabulary/index.js';
import { mechanismHash } from './mechanism-hash.js';
import { findInput, type InputChoice, type MechanismInput } from './mechanism-inputs.js';
import { Mechanism } from './mechanism.entity.js';

export interface MechanismProposal extends InputChoice {
  readonly generator: string;
  /** JSON text of an object. */
  readonly parameters: string;
  readonly permittedUses: readonly UseCase[];
}

/** A mechanism of what is proposed, not saved; or why it cannot be one. */
export async function draftMechanism(
  manager: EntityManager,
  proposal: MechanismProposal,
  policy: Policy,
): Promise<Mechanism | Refusal> {
  const generator = findAnyGenerator(generatorNamed(proposal.generator).name);
  if (!generator) {
    const names = allGenerators.map(({ name }) => name).join(', ');
    const message = `There is no generator "${proposal.generator}". There are: ${names}.`;
    return refusal('UNKNOWN_GENERATOR', message, 'generator');
  }
  const input = await findInput(manager, proposal);
  const refused = refuseInput(generator, proposal, input);
  if (refused) return refused;
  if (proposal.permittedUses.length === 0) {
    return refusal('INCOMPLETE', 'Say what the data may be used for.', 'permittedUses');
  }
  const parameters = await parametersOf(manager, generator, proposal);
  if ('code' in parameters) return parameters;
  const control = (await controlOf(manager, proposal.profileId ?? null)) ?? policy.disclosure;
  return drafted(generator, input, { parameters: parameters.value, control, uses: proposal.permittedUses });
}

/** JSON Schema. What a generator cannot do without, a model has been given already. */
const anyParameters = {};

/** A model has been fitted with its parameters; those are the mechanism's. */
async function parametersOf(
  manager: EntityManager,
  generator: AnyGenerator,
  { modelId, parameters }: MechanismProposal,
): Promise<{ value: object } | Refusal> {
  const given = parseParameters(parameters, modelId ? anyParameters : generator.parameters);
  if ('code' in given || !modelId) return given;
  const model = await manager.findOneByOrFail(SourceModel, { id: modelId });
  if (model.generator !== generator.name || model.generatorVersion !== generator.version) {
    const made = `${model.generator} ${model.generatorVersion}`;
    return refusal(
      'MODEL_MISMATCH',
      `The model was learned by ${made}, and is of use to it alone.`,
      'modelId',
    );
  }
  if (Object.keys(given.value).length === 0) return { value: model.parameters };
  return refusal('BAD_PARAMETERS', 'A model was fitted with its own parameters; give none.', 'parameters');
}

/** That of the profile, if there is one. */
async function controlOf(
  manager: EntityManager,
  profileId: string | null,
): Promise<DisclosureControl | null> {
  const profile = profileId ? await manager.findOneBy(SourceProfile, { id: profileId }) : null;
  return profile?.content?.disclosureControl ?? null;
}

const inputNames: Readonly<Record<AnyGenerator['sees'], keyof InputChoice>> = {
  rules: 'sourceId',
  schema: 'sourceId',
  profile: 'profileId',
  rows: 'modelId',
};

/** Is it given what it may look at, and nothing else? */
function refuseInput(
  { name, sees }: AnyGenerator,
  choice: InputChoice,
  input: MechanismInput | null,
): Refusal | null {
  const wanted = inputNames[sees];
  const others = Object.values(inputNames).filter((one) => one !== wanted && (choice[one] ?? null) !== null);
  const [other] = others;
  if (other !== undefined)
    return refusal('BAD_PARAMETERS', `The generator "${name}" takes no ${other}.`, other);
  if ((choice[wanted] ?? null) === null) {
    return refusal('INCOMPLETE', `The generator "${name}" takes a ${wanted}.`, wanted);
  }
  if (!input) return refusal('NOT_FOUND', `There is no such ${wanted.replace('Id', '')}.`, wanted);
  if (input.sees !== sees) {
    const message =
      sees === 'rules'
        ? `The generator "${name}" takes clinical rules; these are records.`
        : `The generator "${name}" takes the schema of records; these are clinical rules.`;
    return refusal('MECHANISM_MISMATCH', message, wanted);
  }
  if (input.isUsable && input.hash !== null) return null;
  return sees === 'profile'
    ? refusal('PROFILE_NOT_SIGNED', 'Information governance has not signed this profile.', wanted)
    : refusal('MODEL_NOT_READY', 'The model is not ready.', wanted);
}

function drafted(
  generator: AnyGenerator,
  input: MechanismInput | null,
  rest: {
    readonly parameters: object;
    readonly control: DisclosureControl;
    readonly uses: readonly UseCase[];
  },
): Mechanism {
  const facts = {
    generator: generator.name,
    generatorVersion: generator.version,
    parameters: rest.parameters,
    inputHash: input?.hash ?? '',
    disclosureControl: rest.control,
    permittedUses: [...new Set(rest.uses)].sort(),
  };
  const { sourceId, profileId, modelId } = input ?? {};
  return Object.assign(new Mechanism(), {
    ...facts,
    ...{ sourceId, profileId, modelId },
    hash: mechanismHash(facts),
    tier: generator.tier,
  });
}
