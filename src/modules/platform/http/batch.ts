import DataLoader from 'dataloader';

/** Of one GraphQL request. */
export interface GraphqlContext {
  readonly req: object;
}

/**
 * Fields of the rows of a list: one question for all of them instead of one a row. Nothing is remembered between
 * questions, so a field that is asked for after a command shows what the command did.
 */
export class Batch<Value, Context extends GraphqlContext = GraphqlContext> {
  readonly #loaders = new WeakMap<object, DataLoader<string, Value | null>>();

  /** @param load answers for the keys it finds something for */
  constructor(
    private readonly load: (keys: readonly string[], context: Context) => Promise<ReadonlyMap<string, Value>>,
  ) {}

  of(context: Context, key: string): Promise<Value | null> {
    const loader = this.#loaders.get(context.req) ?? this.#start(context);
    this.#loaders.set(context.req, loader);
    return loader.load(key);
  }

  #start(context: Context): DataLoader<string, Value | null> {
    return new DataLoader<string, Value | null>(
      async (keys) => {
        const found = await this.load(keys, context);
        return keys.map((key) => found.get(key) ?? null);
      },
      { cache: false },
    );
  }
}
