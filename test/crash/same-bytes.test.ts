import * as steps from '../../src/commands/example/steps.js';
import { endorsedRequest, prepareSource, signInAll } from '../support/cast.js';
import { type Service, startService } from '../support/service.js';

const testMsMax = 300_000;

/** Everything released by an installation of its own, by file name. */
async function releasedBy(env: NodeJS.ProcessEnv, seed: string): Promise<Map<string, string>> {
  const service: Service = await startService({ env });
  try {
    const cast = await signInAll(service);
    const { id, candidateHash } = await endorsedRequest(cast, await prepareSource(cast), { seed });
    await steps.approveRequest(cast.approver, id, candidateHash);
    await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
    const { files } = await steps.releaseOf(cast.researcher, id);
    const bytes = new Map<string, string>();
    for (const { name, path } of files) {
      const response = await cast.researcher.get(path);
      bytes.set(name, Buffer.from(await response.arrayBuffer()).toString('base64'));
    }
    return bytes;
  } finally {
    await service.stop();
  }
}

it(
  'the same request with the same seed gives the same bytes in another installation',
  async () => {
    const one = await releasedBy({ PICKETFENCE_WORKER_CONCURRENCY: '1', TZ: 'UTC', LANG: 'C' }, 'twin');
    const other = await releasedBy(
      { PICKETFENCE_WORKER_CONCURRENCY: '8', TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8' },
      'twin',
    );
    expect([...one.keys()]).toContain('manifest.json');
    expect(other).toEqual(one);
    const another = await releasedBy({}, 'stranger');
    expect(another.get('manifest.json')).not.toBe(one.get('manifest.json'));
  },
  testMsMax,
);
