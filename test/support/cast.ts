import type { ApiClient } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import type { Service } from './service.js';

/** The people of a story, signed in. */
export interface Cast {
  readonly custodian: ApiClient;
  readonly researcher: ApiClient;
  readonly outsider: ApiClient;
  readonly operator: ApiClient;
  readonly evaluator: ApiClient;
  readonly approver: ApiClient;
  readonly auditor: ApiClient;
}

export async function signInAll(service: Service): Promise<Cast> {
  const [custodian, researcher, outsider, operator, evaluator, approver, auditor] = await Promise.all([
    service.as('custodian'),
    service.as('researcher'),
    service.as('outsider'),
    service.as('operator'),
    service.as('evaluator'),
    service.as('approver'),
    service.as('auditor'),
  ]);
  return { custodian, researcher, outsider, operator, evaluator, approver, auditor };
}

export const exampleFile = 'content/example/breast-cancer-wisconsin.csv';

export interface Prepared {
  readonly sourceId: string;
  readonly columns: readonly string[];
  readonly mechanismId: string;
}

let sourceCount = 0;

/** A registered source with a signed profile and a mechanism: what requests can be made against. */
export async function prepareSource(cast: Cast, file: string = exampleFile): Promise<Prepared> {
  sourceCount += 1;
  const source = await steps.registerSource(cast.custodian, file, {
    name: `Source ${sourceCount}`,
    description: 'For a story.',
    citation: 'Wolberg et al. (1993), doi 10.24432/C5DW2B',
    licence: 'CC BY 4.0',
  });
  const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
  const mechanism = await steps.registerMechanism(cast.operator, profile.id);
  return { sourceId: source.id, columns: source.releasableColumns, mechanismId: mechanism.id };
}

const draft = {
  title: 'Breast cancer diagnostics',
  purpose: 'Teach data preparation without access to the extract.',
  rows: 100,
};

/** A submitted request that the audit team agreed to. */
export async function agreedRequest(
  cast: Cast,
  { sourceId, columns }: Prepared,
  change: Partial<steps.RequestDraft> = {},
): Promise<string> {
  const { id } = await steps.draftRequest(cast.researcher, sourceId, { ...draft, columns, ...change });
  await steps.submitRequest(cast.researcher, id);
  await steps.agreeRequest(cast.operator, id);
  return id;
}

/** A request whose candidate passed its checks and waits for the evaluator. */
export async function evaluatedRequest(
  cast: Cast,
  prepared: Prepared,
  seed = 'story',
): Promise<{ id: string; candidateHash: string }> {
  const id = await agreedRequest(cast, prepared);
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId, seed });
  const { state, candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED']);
  if (state !== 'EVALUATING' || candidateHash === null) throw new Error(`The request is ${state}.`);
  return { id, candidateHash };
}

/** A request that waits for information governance. */
export async function endorsedRequest(
  cast: Cast,
  prepared: Prepared,
): Promise<{ id: string; candidateHash: string }> {
  const found = await evaluatedRequest(cast, prepared);
  await steps.endorseRequest(cast.evaluator, found.id, found.candidateHash);
  return found;
}
