import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface CountingProxy {
  /** The database, through the proxy. */
  readonly url: string;
  /** Statements that were sent since the start. */
  statements(): number;
  close(): void;
}

const headBytes = 5;
/** Query and Parse: frontend messages of the PostgreSQL protocol that bring a statement. */
const statementTypes = new Set(['Q', 'P']);

/** Stands between a program and its database and counts what the program asks. */
export async function countingProxy(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const counter = new StatementCounter();
    client.on('data', (bytes: Buffer) => {
      count += counter.take(bytes);
      upstream.write(bytes);
    });
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    statements: () => count,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Follows the messages of one connection; the first has no type. */
class StatementCounter {
  private rest = Buffer.alloc(0);
  private isStarted = false;

  take(bytes: Buffer): number {
    this.rest = Buffer.concat([this.rest, bytes]);
    let found = 0;
    while (this.rest.length >= headBytes) {
      const typeBytes = this.isStarted ? 1 : 0;
      const length = typeBytes + this.rest.readInt32BE(typeBytes);
      if (this.rest.length < length) break;
      if (this.isStarted && statementTypes.has(String.fromCharCode(this.rest[0] ?? 0))) found += 1;
      this.rest = this.rest.subarray(length);
      this.isStarted = true;
    }
    return found;
  }
}
