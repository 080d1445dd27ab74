import { checkScene, scenes } from '../../bench/privacy-scenes.js';

/** People learned from; `npm run bench:attacks` has more of them, and 40 seeds of each clean candidate. */
const rows = 300;

const named = (kind: string): [string, (typeof scenes)[number]][] =>
  scenes.filter((scene) => scene.kind === kind).map((scene) => [scene.name, scene]);

describe('the privacy checks of tier HIGH at the default policy', () => {
  it.each(named('leak'))('fail %s', async (_, scene) => {
    const failed = (await checkScene(scene, 'test', rows)).filter(({ status }) => status === 'fail');
    expect(failed.map(({ name }) => name)).not.toEqual([]);
    // A leak is found by its figure, not by a check that could not run.
    expect(failed.map(({ value }) => value)).not.toContain(null);
  });

  it.each(named('clean'))('pass %s', async (_, scene) => {
    const checks = await checkScene(scene, 'test', rows);
    expect(checks.length).toBeGreaterThanOrEqual(20);
    expect(checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  it.each(named('promise'))('do not call the promise of %s broken', async (_, scene) => {
    const audit = (await checkScene(scene, 'test', rows)).find(({ name }) => name === 'dp-audit');
    expect(audit).toMatchObject({ value: 0, status: 'pass' });
  });
});
