import { refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import type { Cast } from './cast.js';

/** Simulated lives that went the whole way to their release, to the researcher. */
export async function releasedLives(
  cast: Cast,
  { persons, formats }: { readonly persons: number; readonly formats: readonly string[] },
): Promise<{ readonly requestId: string; readonly releaseId: string }> {
  const words = { name: 'Rules', description: 'Modules.', citation: 'In each.', licence: 'Apache-2.0' };
  const source = await cast.custodian.call<{ id: string }>(
    `mutation ($input: RegisterRulesInput!) {
       registerRules(input: $input) { __typename ... on Source { id } ${refusalFields} } }`,
    { input: words },
  );
  const mechanism = await steps.registerMechanism(cast.operator, {
    generator: 'clinical-trajectories',
    sourceId: source.id,
    parameters: JSON.stringify({
      referenceDate: '2026-01-01',
      age: { low: 60, high: 70 },
      yearsOfHistory: 5,
    }),
  });
  const { id } = await steps.draftRequest(cast.researcher, source.id, {
    ...{ title: 'Lives for a sandbox', purpose: 'Fill the test system of a hospital with patients.' },
    ...{ columns: [], rows: persons, tier: 'STRUCTURAL', formats },
  });
  await steps.submitRequest(cast.researcher, id);
  await steps.agreeRequest(cast.operator, id);
  await steps.generateCandidate(cast.operator, id, { mechanismId: mechanism.id, seed: 'sandbox' });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED', 'AGREED']);
  await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
  await steps.approveRequest(cast.approver, id, candidateHash ?? '');
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  return { requestId: id, releaseId: (await steps.releaseOf(cast.researcher, id)).id };
}
