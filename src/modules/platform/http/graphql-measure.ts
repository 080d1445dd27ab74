import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a list is taken to hold when nobody says how much is asked for. */
const listLengthAssumed = 10;
const signInFields: ReadonlySet<string> = new Set(['signIn', 'completeSignIn']);

export interface QuerySize {
  readonly depth: number;
  /** Fields there would be in the answer, if every list had its length. */
  readonly cost: number;
  readonly aliases: number;
  /** Fields of the operation itself: each one is a command, or a query of its own. */
  readonly rootFields: number;
  readonly signIns: number;
}

const nothing: QuerySize = { depth: 0, cost: 0, aliases: 0, rootFields: 0, signIns: 0 };

const sum = (one: QuerySize, other: QuerySize): QuerySize => ({
  depth: Math.max(one.depth, other.depth),
  cost: one.cost + other.cost,
  aliases: one.aliases + other.aliases,
  rootFields: one.rootFields + other.rootFields,
  signIns: one.signIns + other.signIns,
});

/** Measures a valid operation. Each fragment is measured once, however often it is spread. */
export class QueryMeasure {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<string, QuerySize>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  of(operation: OperationDefinitionNode): QuerySize {
    return this.ofSet(operation.selectionSet, this.schema.getRootType(operation.operation));
  }

  private ofSet({ selections }: SelectionSetNode, type: GraphQLNamedType | null | undefined): QuerySize {
    return selections.map((selection) => this.ofSelection(selection, type)).reduce(sum, nothing);
  }

  private ofSelection(node: SelectionNode, type: GraphQLNamedType | null | undefined): QuerySize {
    switch (node.kind) {
      case Kind.FIELD:
        return this.ofField(node, type);
      case Kind.INLINE_FRAGMENT:
        return this.ofSet(
          node.selectionSet,
          node.typeCondition ? this.schema.getType(node.typeCondition.name.value) : type,
        );
      case Kind.FRAGMENT_SPREAD:
        return this.ofFragment(node.name.value);
    }
  }

  private ofFragment(name: string): QuerySize {
    const known = this.measured.get(name);
    if (known) return known;
    const fragment = this.fragments.get(name);
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const size = fragment ? this.ofSet(fragment.selectionSet, type) : nothing;
    this.measured.set(name, size);
    return size;
  }

  private ofField(node: FieldNode, type: GraphQLNamedType | null | undefined): QuerySize {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    const isRoot = type === this.schema.getQueryType() || type === this.schema.getMutationType();
    const own = {
      aliases: node.alias ? 1 : 0,
      rootFields: isRoot ? 1 : 0,
      signIns: isRoot && signInFields.has(node.name.value) ? 1 : 0,
    };
    // Introspection is bounded by a rule of GraphQL itself, where it is allowed at all.
    if (!field) return { ...nothing, ...own };
    const below = node.selectionSet ? this.ofSet(node.selectionSet, getNamedType(field.type)) : nothing;
    const length = isListType(getNullableType(field.type)) ? this.lengthAsked(node, field) : 1;
    return sum(
      { ...own, depth: 1 + below.depth, cost: 1 + length * below.cost },
      { ...below, depth: 0, cost: 0 },
    );
  }

  private lengthAsked(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const first = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    const asked: unknown =
      first?.kind === Kind.INT
        ? Number(first.value)
        : first?.kind === Kind.VARIABLE
          ? this.variables[first.name.value]
          : field.args.find(({ name }) => name === 'first')?.defaultValue;
    return typeof asked === 'number' && asked > 0 ? asked : listLengthAssumed;
  }
}
