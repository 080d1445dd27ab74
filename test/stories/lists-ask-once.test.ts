import { activeGrant, highRelease, licenceOf } from '../support/access-steps.js';
import {
  type Cast,
  copyOf,
  evaluatedRequest,
  prepareSource,
  releasedRequest,
  signInAll,
} from '../support/cast.js';
import { asOwner, lastEvent } from '../support/databases.js';
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

/** It looks for work meanwhile, which would be counted; its connections have to be gone, too. */
const withoutWorker = (): Promise<void> => service.worker.stop();

const fields = `id job { id } candidate { hash } evaluation { outcome } waivers { id } decisions { command decidedBy }`;

async function statementsOfList(): Promise<{ rows: number; statements: number }> {
  const before = proxy.statements();
  const list = await cast.auditor.call<object[]>(`{ requests { ${fields} } }`);
  return { rows: list.length, statements: proxy.statements() - before };
}

it('a list of thirty requests asks the database no oftener than a list of one', async () => {
  const original = await evaluatedRequest(cast, await prepareSource(cast));
  await withoutWorker();
  const one = await statementsOfList();
  expect(one.rows).toBe(1);
  for (let copy = 1; copy < 30; copy++) await copyOf(service, original);
  const thirty = await statementsOfList();
  expect(thirty.rows).toBe(30);
  // A question a row would be 29 more for each of five fields; the server asks a little of its own.
  expect(thirty.statements - one.statements).toBeLessThan(15);
  expect(one.statements).toBeGreaterThan(4);
  service.worker.start();
});

it('a list that shows releases looks them up at once, and has each of tier HIGH on record', async () => {
  const original = await releasedRequest(cast, await prepareSource(cast));
  const { release } = original;
  const fields = '{ requests { id release { id tier } } }';
  const shown = async (): Promise<{ ids: string[]; statements: number }> => {
    const before = proxy.statements();
    const list = await cast.researcher.call<{ release: { id: string } | null }[]>(fields);
    const ids = list.flatMap((one) => one.release?.id ?? []);
    return { ids, statements: proxy.statements() - before };
  };
  await withoutWorker();
  const one = await shown();
  expect(one.ids).toEqual([release.id]);
  const copies = `INSERT INTO request SELECT (jsonb_populate_record(r, jsonb_build_object(
      'id', md5(number::text)::uuid, 'reference', 'copy ' || number))).*
    FROM request r, generate_series(1, 20) AS number WHERE r.id = (SELECT request_id FROM release WHERE id = $1)`;
  await asOwner(service.database, copies, [release.id]);
  await asOwner(
    service.database,
    `INSERT INTO release SELECT (jsonb_populate_record(r, jsonb_build_object(
        'id', md5('release ' || number)::uuid, 'request_id', md5(number::text)::uuid, 'folder', 'copy-' || number))).*
      FROM release r, generate_series(1, 20) AS number WHERE r.id = $1`,
    [release.id],
  );
  const many = await shown();
  expect(many.ids).toHaveLength(21);
  expect(many.statements - one.statements).toBeLessThan(15);
  service.worker.start();
  // Those of tier HIGH are on record, each by its name.
  const { hash } = await licenceOf(cast.researcher);
  await cast.researcher.call('mutation ($hash: String!) { acceptLicence(hash: $hash) { __typename } }', {
    hash,
  });
  const high = [await highRelease(service, original), await highRelease(service, original)];
  for (const { releaseId } of high)
    await activeGrant(service, { cast, applicant: cast.researcher, releaseId });
  expect((await shown()).ids).toHaveLength(23);
  expect(await lastEvent(service.database, 'list-releases')).toMatchObject({
    details: { releases: expect.arrayContaining(high.map(({ releaseId }) => releaseId)) as string[] },
  });
});
