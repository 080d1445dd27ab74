import { createServer } from 'node:net';
import { isErrorCode } from './process-facts.js';

export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await tryListen(port, host)) !== undefined;
}

/** A port that was free a moment ago: whoever uses it must be ready to try once more. */
export async function freePort(host: string): Promise<number> {
  const port = await tryListen(0, host);
  if (port === undefined) throw new Error(`picketfence: no free port on ${host}`);
  return port;
}

async function tryListen(port: number, host: string): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (isErrorCode(error, 'EADDRINUSE', 'EACCES')) resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => {
        resolve(taken);
      });
    });
  });
}
