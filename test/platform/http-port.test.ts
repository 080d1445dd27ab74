import { createServer, type Server } from 'node:net';
import { chooseHttpPort } from '../../src/commands/http-port.js';
import { freePort } from '../../src/modules/platform/postgres/free-port.js';

const host = '127.0.0.1';

describe('the port of the server', () => {
  let squatter: Server;
  let busy: number;

  beforeEach(async () => {
    busy = await freePort(host);
    squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(busy, host, resolve));
  });

  afterEach(() => {
    squatter.close();
  });

  it('is the one that was asked for when that is free', async () => {
    const port = await freePort(host);
    expect(await chooseHttpPort({ host, port, portChosen: true }, false)).toBe(port);
  });

  it('is the next free one when nobody asked for this one', async () => {
    const port = await chooseHttpPort({ host, port: busy, portChosen: false }, false);
    expect(port).toBeGreaterThan(busy);
    expect(port).toBeLessThanOrEqual(busy + 100);
  });

  it('is refused in a sentence when somebody asked for one in use', async () => {
    await expect(chooseHttpPort({ host, port: busy, portChosen: true }, false)).rejects.toThrow(
      `Port ${busy} on ${host} is in use by another program`,
    );
  });

  it('waits a moment for the processes of a run that was killed', async () => {
    setTimeout(() => squatter.close(), 500);
    expect(await chooseHttpPort({ host, port: busy, portChosen: false }, true)).toBe(busy);
  });

  it('is any free one for 0', async () => {
    expect(await chooseHttpPort({ host, port: 0, portChosen: true }, false)).toBeGreaterThan(0);
  });
});
