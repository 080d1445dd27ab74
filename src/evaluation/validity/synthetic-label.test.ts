import type { PackageUnderCheck } from '../evaluation-context.js';
import { aPackage, anEvaluation } from '../testing/an-evaluation.js';
import { sourceOf } from '../testing/columns.js';
import { syntheticLabel } from './synthetic-label.js';

const good = aPackage();
const run = (changes: Partial<PackageUnderCheck>): ReturnType<typeof syntheticLabel.run> =>
  syntheticLabel.run(
    anEvaluation({ source: sourceOf({}), candidate: sourceOf({}), package: aPackage(changes) }),
  );
const withManifest = (changes: Partial<PackageUnderCheck['manifest']>): Partial<PackageUnderCheck> => ({
  manifest: { ...good.manifest, ...changes },
});

describe('the synthetic label', () => {
  it('is there in a package as we write it', async () => {
    expect((await run({})).value).toBe(1);
  });

  it.each<[string, Partial<PackageUnderCheck>]>([
    ['lists no data file', withManifest({ files: [] })],
    ['"synthetic" in its name', withManifest({ files: [{ name: 'heart.csv', role: 'data' }] })],
    ['is not in the package', { files: [] }],
    ['does not say synthetic', withManifest({ synthetic: false })],
    ['lacks the label', withManifest({ label: 'REAL' })],
    ["manifest's disclaimer", withManifest({ disclaimer: good.manifest.disclaimer.replace(',', ';') })],
    ['README', { readmeText: '# Heart' }],
  ])('is missed: %s', async (fault, changes) => {
    const { value, explanation } = await run(changes);
    expect(value).toBe(0);
    expect(explanation).toContain(fault);
  });
});
