import DataLoader from 'dataloader';

/** Of one GraphQL request. */
export interface GraphqlContext {
  readonly req: object;
}

/**
 * Fields of the rows of a list: one question for all of them instead of one a row. Nothing is remembered between
 * questions, so a field that is asked for after a command shows what the command did.
 */
export class Batch<Value> {
  readonly #loaders = new WeakMap<object, DataLoader<string, Value | null>>();

  /** @param load answers for the keys it finds something for */
  constructor(private readonly load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {}

  of({ req }: GraphqlContext, key: string): Promise<Value | null> {
    const loader = this.#loaders.get(req) ?? this.#start();
    this.#loaders.set(req, loader);
    return loader.load(key);
  }

  #start(): DataLoader<string, Value | null> {
    return new DataLoader<string, Value | null>(
      async (keys) => {
        const found = await this.load(keys);
        return keys.map((key) => found.get(key) ?? null);
      },
      { cache: false },
    );
  }
}
