import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../../src/commands/example/api-client.js';
import { inDays } from '../support/access-steps.js';

interface TypeReference {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeReference | null;
}

interface Field {
  readonly name: string;
  readonly type: TypeReference;
}

interface NamedType {
  readonly name: string;
  readonly inputFields: readonly Field[] | null;
  readonly enumValues: readonly { readonly name: string }[] | null;
}

interface Mutation extends Field {
  readonly args: readonly Field[];
}

/** The mutations as the API describes them, and something to say to each. */
export class MutationShapes {
  private constructor(
    private readonly mutations: readonly Mutation[],
    private readonly types: readonly NamedType[],
  ) {}

  static async of(client: ApiClient): Promise<MutationShapes> {
    const reference = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
    const { mutationType, types } = await client.call<{
      mutationType: { fields: Mutation[] };
      types: NamedType[];
    }>(
      `{ __schema {
           mutationType { fields { name args { name type { ${reference} } } type { ${reference} } } }
           types { name inputFields { name type { ${reference} } } enumValues { name } } } }`,
    );
    return new MutationShapes(mutationType.fields, types);
  }

  get names(): readonly string[] {
    return this.mutations.map(({ name }) => name);
  }

  /** Asks for nothing but whether it was done. */
  documentOf(name: string): string {
    const { args, type } = this.mutation(name);
    const declared = args.map((arg) => `$${arg.name}: ${written(arg.type)}`).join(', ');
    const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const asked = isScalar(type) ? '' : '{ __typename ... on Refusal { code message place } }';
    return args.length === 0
      ? `mutation { ${name} ${asked} }`
      : `mutation (${declared}) { ${name}(${given}) ${asked} }`;
  }

  /** Of these values what the mutation takes; where it asks for more, something of the right type. */
  variablesOf(name: string, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { args } = this.mutation(name);
    const asked = args.filter((arg) => arg.name in values || arg.type.kind === 'NON_NULL');
    return Object.fromEntries(
      asked.map((arg) => [arg.name, arg.name in values ? values[arg.name] : this.something(arg.type)]),
    );
  }

  private mutation(name: string): Mutation {
    const found = this.mutations.find((one) => one.name === name);
    if (!found) throw new Error(`The API has no mutation "${name}".`);
    return found;
  }

  private something(type: TypeReference): unknown {
    if (type.kind === 'NON_NULL') return this.something(type.ofType!);
    if (type.kind === 'LIST') return [this.something(type.ofType!)];
    if (type.kind === 'SCALAR') return scalars[type.name ?? '']?.() ?? 'In words that are long enough.';
    const named = this.types.find(({ name }) => name === type.name);
    if (named?.enumValues) return named.enumValues[0]?.name;
    const required = named?.inputFields?.filter((field) => field.type.kind === 'NON_NULL') ?? [];
    return Object.fromEntries(required.map((field) => [field.name, this.something(field.type)]));
  }
}

const scalars: Readonly<Record<string, () => unknown>> = {
  ID: randomUUID,
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  DateTime: () => inDays(30),
};

function written(type: TypeReference): string {
  if (type.kind === 'NON_NULL') return `${written(type.ofType!)}!`;
  if (type.kind === 'LIST') return `[${written(type.ofType!)}]`;
  return type.name ?? '';
}

const isScalar = ({ kind, ofType }: TypeReference): boolean =>
  kind === 'NON_NULL' ? isScalar(ofType!) : kind === 'SCALAR';
