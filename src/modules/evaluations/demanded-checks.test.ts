import type { Declared } from '../../evaluation/declared.js';
import { declaredMeasures } from '../../evaluation/registry.js';
import { anEvaluation } from '../../evaluation/testing/an-evaluation.js';
import { aPopulation } from '../../evaluation/testing/a-population.js';
import { sourceOf } from '../../evaluation/testing/columns.js';
import { demandedChecks, namesDemanded } from './demanded-checks.js';

const limit = { pass: 0, fail: 0, waivable: false };
const ofTier = {
  checks: { 'schema-validity': limit },
  declaredChecks: Object.fromEntries(declaredMeasures.map(({ name }) => [name, limit])),
};
const people = sourceOf(aPopulation('demanded', 60));
const asked = async (declared: Declared, holdout: typeof people | null = people): Promise<string[]> => {
  const columns = people.columnNames.map((name) => ({
    name,
    type: name === 'ward' ? ('category' as const) : ('number' as const),
    missingMarkers: [],
  }));
  const context = anEvaluation({
    ...{ schema: { columns }, source: people, candidate: people, holdout, declared },
  });
  return Object.keys(await demandedChecks(ofTier, context));
};

describe('the checks that a candidate has to meet', () => {
  it('are those of its tier alone where nothing is declared', async () => {
    expect(await asked({})).toEqual(['schema-validity']);
    expect(namesDemanded(ofTier, {})).toEqual(['schema-validity']);
  });

  it('take in what is declared, as the kind of target asks', async () => {
    const classes = await asked({ target: 'ward' });
    expect(classes).toContain('tstr-auc-loss');
    expect(classes).not.toContain('tstr-rmse-excess');
    expect(classes).not.toContain('group-tstr-loss');
    expect(await asked({ target: 'bmi' })).toContain('tstr-rmse-excess');
  });

  it('keep every check of a declared target where no rows are held out, so that it fails', async () => {
    expect(await asked({ target: 'ward' }, null)).toEqual(await asked({ target: 'ward' }));
  });

  it('keep those of a column that cannot be read as declared', async () => {
    expect(await asked({ protectedColumns: [{ column: 'height' }] })).toContain('group-fidelity');
    expect(await asked({ target: 'height' })).toContain('tstr-auc');
  });

  it('are told of by name before anything is read, none of them missing', async () => {
    const declared = { target: 'ward', protectedColumns: [{ column: 'ward' }] };
    expect(namesDemanded(ofTier, declared)).toEqual(expect.arrayContaining(await asked(declared)));
  });
});
