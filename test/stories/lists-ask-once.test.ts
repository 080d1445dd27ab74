import { type Cast, copyOf, evaluatedRequest, prepareSource, signInAll } from '../support/cast.js';
import { countingProxy, type CountingProxy } from '../support/counting-proxy.js';
import { type Service, startService } from '../support/service.js';

let proxy: CountingProxy;
let service: Service;
let cast: Cast;
beforeAll(async () => {
  service = await startService({
    env: async (_, { appUrl }) => {
      proxy = await countingProxy(appUrl);
      return { DATABASE_APP_URL: proxy.url };
    },
  });
  cast = await signInAll(service);
});
afterAll(async () => {
  await service.stop();
  proxy.close();
});

const fields = `id job { id } candidate { hash } evaluation { outcome } waivers { id } decisions { command decidedBy }`;

async function statementsOfList(): Promise<{ rows: number; statements: number }> {
  const before = proxy.statements();
  const list = await cast.auditor.call<object[]>(`{ requests { ${fields} } }`);
  return { rows: list.length, statements: proxy.statements() - before };
}

it('a list of thirty requests asks the database no oftener than a list of one', async () => {
  const original = await evaluatedRequest(cast, await prepareSource(cast));
  const one = await statementsOfList();
  expect(one.rows).toBe(1);
  for (let copy = 1; copy < 30; copy++) await copyOf(service, original);
  const thirty = await statementsOfList();
  expect(thirty.rows).toBe(30);
  // The worker looks for work meanwhile; a question a row would be 29 more for each of five fields.
  expect(thirty.statements - one.statements).toBeLessThan(29);
  expect(one.statements).toBeGreaterThan(4);
});
