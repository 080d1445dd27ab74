import type { DuckDb } from '../../files/duckdb.js';

/** One row of a statement, by column: texts, numbers, and NULL. Keys are texts, so that 64-bit ids survive. */
export type ReadRow = Readonly<Record<string, string | number | null>>;

/**
 * Hands out the rows of a statement person by person. The statement is in the order of persons, and so are the calls;
 * no more than one block of rows and the rows of one person are held.
 */
export class PersonRows {
  readonly #rows: AsyncIterator<ReadRow>;
  #next: ReadRow | null = null;
  #hasStarted = false;

  /** @param sql its first column is `person`, the id as a number; it is ordered by it */
  constructor(db: DuckDb, sql: string) {
    this.#rows = rowsOf(db, sql)[Symbol.asyncIterator]();
  }

  /** The rows of a person; those of persons that were passed over are dropped. */
  async take(person: string): Promise<ReadRow[]> {
    if (!this.#hasStarted) await this.#advance();
    this.#hasStarted = true;
    const wanted = BigInt(person);
    const taken: ReadRow[] = [];
    for (;;) {
      const row = this.#next;
      if (row === null) return taken;
      const own = BigInt(String(row['person']));
      if (own > wanted) return taken;
      if (own === wanted) taken.push(row);
      await this.#advance();
    }
  }

  async close(): Promise<void> {
    await this.#rows.return?.();
  }

  async #advance(): Promise<void> {
    const result: IteratorResult<ReadRow, unknown> = await this.#rows.next();
    this.#next = result.done === true ? null : result.value;
  }
}

/** The rows in blocks as the engine gives them. Whole numbers and moments have to come as texts or DOUBLE. */
export async function* rowsOf(db: DuckDb, sql: string): AsyncGenerator<ReadRow> {
  let names: readonly string[] | null = null;
  for await (const chunk of db.stream(sql)) {
    names ??= await columnNames(db, sql);
    for (const cells of chunk.getRows()) {
      const row: Record<string, string | number | null> = {};
      names.forEach((name, index) => {
        const cell = cells[index];
        row[name] = typeof cell === 'number' || typeof cell === 'string' ? cell : null;
      });
      yield row;
    }
  }
}

async function columnNames(db: DuckDb, sql: string): Promise<readonly string[]> {
  const described = await db.query(`DESCRIBE ${sql}`);
  return described.map((row) => String(row['column_name']));
}
