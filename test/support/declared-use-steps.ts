import type { ApiClient } from '../../src/commands/example/api-client.js';

/** Columns of the example: the outcome and four measurements. */
export const declaredUse = {
  target: 'diagnosis',
  protectedColumns: [{ column: 'radius_mean', cuts: [13, 16] }],
  rules: 'version: 1\nrules:\n  - { name: radii, kind: range, column: radius_mean, min: 1, max: 60 }\n',
};

/** What was declared is judged with the other checks, and whoever approves reads both. */
export async function expectDeclaredUseMeasured(reader: ApiClient, id: string): Promise<void> {
  const { evaluation, declaredUse: shown } = await reader.call<{
    evaluation: { checks: { name: string; value: number | null; status: string }[] };
    declaredUse: object;
  }>(
    `query ($id: ID!) { request(id: $id) {
         evaluation { checks { name value status } }
         declaredUse { target protectedColumns { column cuts } rules } } }`,
    { id },
  );
  expect(shown).toEqual(declaredUse);
  const names = evaluation.checks.map(({ name }) => name);
  const asked = ['tstr-auc-loss', 'forest-grid-difference', 'group-representation', 'group-tstr-loss'];
  expect(names).toEqual(expect.arrayContaining([...asked, 'rule-violations', 'rule-violations-excess']));
  expect(names).not.toContain('tstr-rmse-excess');
  expect(evaluation.checks.filter(({ value }) => value === null)).toEqual([]);
  const { value } = evaluation.checks.find(({ name }) => name === 'rule-violations') ?? {};
  expect(value).toBe(0);
}
