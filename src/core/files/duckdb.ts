import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { BatchAppender } from './batch-appender.js';
import { textListLiteral } from './sql-literal.js';

export interface DuckDbOptions {
  /** Absolute folders the engine may read and write; nothing else on the machine is open to it. */
  readonly allowedDirectories: readonly string[];
  /** Where it spills what does not fit in memory. */
  readonly tempDirectory: string;
  /** As DuckDB writes it, for example '1GB'. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  /** A new file for tables that may be larger than memory; left out, tables are in memory. */
  readonly storePath?: string;
}

export type Row = Readonly<Record<string, DuckDBValue>>;
export type QueryParameters = Record<string, DuckDBValue>;

/** A DuckDB that is shut off from the network, from extensions and from every folder not named. */
export class DuckDb {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** All rows of the answer: for aggregates. `params` are bound to $name. @throws the signal's reason when aborted */
  async query(sql: string, params: QueryParameters = {}, signal?: AbortSignal): Promise<Row[]> {
    return this.#whileNotAborted(signal, async () => {
      const reader = await this.#connection.runAndReadAll(sql, params);
      return reader.getRowObjects();
    });
  }

  /** The one row of an aggregate. */
  async queryOne(sql: string, params: QueryParameters = {}, signal?: AbortSignal): Promise<Row> {
    const [row] = await this.query(sql, params, signal);
    if (row === undefined) throw new Error('An aggregate came back without a row.');
    return row;
  }

  /** The answer in column vectors of some thousand rows, in order, without holding all of it. */
  async *stream(sql: string): AsyncIterable<DuckDBDataChunk> {
    // A connection of its own: the next statement on one that still streams would end the stream.
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) return;
        yield chunk;
      }
    } finally {
      connection.closeSync();
    }
  }

  /** What puts rows into a table of such columns, in order. */
  async appendTo(table: string, types: readonly DuckDBType[]): Promise<BatchAppender> {
    return new BatchAppender(await this.#connection.createAppender(table), types);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #whileNotAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const interrupt = (): void => {
      this.#connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt);
    try {
      return await work();
    } catch (error) {
      // The engine reports an interrupt as an error of its own; the caller wants to see its own reason.
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }
}

/** Opens the engine and locks it: no statement can widen what it may touch afterwards. */
export async function openDuckDb(options: DuckDbOptions): Promise<DuckDb> {
  const { allowedDirectories, tempDirectory, memoryLimit = '1GB', threads = 2 } = options;
  const instance = await DuckDBInstance.create(options.storePath ?? ':memory:', {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: tempDirectory,
    preserve_insertion_order: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(
    `SET allowed_directories = ${textListLiteral([...allowedDirectories, tempDirectory])}`,
  );
  // Timestamps without an offset are read as UTC, wherever the machine stands.
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return new DuckDb(instance, connection);
}
