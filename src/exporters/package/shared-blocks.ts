import type { Table } from '../../core/table/table.js';

interface Waiting {
  readonly resolve: (next: IteratorResult<Table>) => void;
  readonly reject: (error: Error) => void;
}

/** The same blocks for several readers, at the pace of the slowest: one block is held. What the blocks throw, all throw. */
export class SharedBlocks {
  readonly #blocks: AsyncIterator<Table>;
  readonly #readerCount: number;
  #waiting: Waiting[] = [];
  #stopped: Error | null = null;

  constructor(blocks: AsyncIterable<Table>, readerCount: number) {
    this.#blocks = blocks[Symbol.asyncIterator]();
    this.#readerCount = readerCount;
  }

  /** For one reader; all have to read, or `stop` has to be called. */
  async *read(): AsyncGenerator<Table> {
    let isAtEnd = false;
    try {
      for (;;) {
        const next = await this.#next();
        isAtEnd = next.done === true;
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      if (!isAtEnd) await this.stop();
    }
  }

  /** Ends the blocks; whoever still reads is told by an error, so that nobody waits for ever. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = new Error('Another reader of the same rows has stopped.');
    for (const { reject } of this.#waiting.splice(0)) reject(this.#stopped);
    await this.#blocks.return?.();
  }

  #next(): Promise<IteratorResult<Table>> {
    return new Promise((resolve, reject) => {
      if (this.#stopped) {
        reject(this.#stopped);
        return;
      }
      this.#waiting.push({ resolve, reject });
      if (this.#waiting.length === this.#readerCount) this.#pull(this.#waiting.splice(0));
    });
  }

  #pull(waiting: readonly Waiting[]): void {
    this.#blocks.next().then(
      (next) => {
        for (const { resolve } of waiting) resolve(next);
      },
      (error: unknown) => {
        for (const { reject } of waiting)
          reject(error instanceof Error ? error : new Error('The rows could not be made.', { cause: error }));
      },
    );
  }
}
