import * as steps from '../../src/commands/example/steps.js';
import { prepareSource, signInAll } from '../support/cast.js';
import { type Service, startService } from '../support/service.js';
import { brokenLinkOf } from './crash-scene.js';

const testMsMax = 300_000;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

it(
  'text that no database keeps is refused by name, and the service goes on',
  async () => {
    const cast = await signInAll(service);
    const { sourceId, columns } = await prepareSource(cast);
    const draft = { title: 'Plain', purpose: 'To teach.', columns, rows: 100 };
    for (const [change, place] of [
      [{ purpose: 'a\0b' }, 'input.purpose'],
      [{ title: 'half a \uD83D smile' }, 'input.title'],
      [{ columns: ['age', 'w\0rd'] }, 'input.columns.1'],
    ] as const) {
      await expect(
        steps.draftRequest(cast.researcher, sourceId, { ...draft, ...change }),
      ).rejects.toMatchObject({
        code: 'BAD_PARAMETERS',
        place,
      });
    }
    const written = await cast.researcher.post('query { request(id: "\\u0000") { id } }');
    expect(written.errors?.[0]?.extensions?.code).toBe('BAD_PARAMETERS');
    const { state } = await steps.draftRequest(cast.researcher, sourceId, { ...draft, title: 'Zoë 😀' });
    expect(state).toBe('DRAFT');
    expect(await brokenLinkOf(service.database)).toBeNull();
  },
  testMsMax,
);
