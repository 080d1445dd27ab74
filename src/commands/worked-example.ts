import { join } from 'node:path';
import { demoPassword } from '../modules/identity/index.js';
import { packageRoot } from '../modules/platform/index.js';
import { ApiClient } from './example/api-client.js';
import { signedAssessment } from './example/assessment-steps.js';
import {
  agreeRequest,
  approveRequest,
  draftRequest,
  endorseRequest,
  generateCandidate,
  registerMechanism,
  registerSource,
  requestIn,
  signedProfile,
  submitRequest,
} from './example/steps.js';

const exampleFile = join(packageRoot(), 'content', 'example', 'breast-cancer-wisconsin.csv');

/** Recorded in the manifest, so that everybody's example has the same bytes. */
const exampleSeed = 'worked-example';

/** Takes the example through all steps, each by the person whose step it is. False when there are sources already. */
export async function runWorkedExample(baseUrl: string): Promise<boolean> {
  const [custodian, researcher, operator, evaluator, approver] = await Promise.all(
    ['custodian', 'researcher', 'operator', 'evaluator', 'approver'].map((who) =>
      ApiClient.signIn(baseUrl, `${who}@demo.example`, demoPassword),
    ),
  );
  if (!custodian || !researcher || !operator || !evaluator || !approver) return false;
  const sources = await custodian.call<unknown[]>('{ sources { id } }');
  if (sources.length > 0) return false;
  const source = await registerSource(custodian, exampleFile, {
    name: 'Breast Cancer Wisconsin (Diagnostic)',
    description: 'Cell nuclei in images of fine needle aspirates of breast masses; 569 patients.',
    citation:
      'Wolberg, Mangasarian, Street, Street (1993), UCI Machine Learning Repository, doi 10.24432/C5DW2B',
    licence: 'CC BY 4.0',
  });
  const profile = await signedProfile(custodian, approver, source.id);
  const { id } = await draftRequest(researcher, source.id, {
    title: 'Breast cancer diagnostics',
    purpose: 'Teach data preparation without access to the hospital extract.',
    columns: source.releasableColumns,
    rows: 569,
  });
  await submitRequest(researcher, id);
  await agreeRequest(operator, id);
  const mechanism = await registerMechanism(operator, {
    generator: 'independent-marginals',
    profileId: profile.id,
  });
  await generateCandidate(operator, id, { mechanismId: mechanism.id, seed: exampleSeed });
  const checked = await requestIn(evaluator, id, ['EVALUATING', 'BLOCKED', 'AGREED']);
  if (checked.state !== 'EVALUATING')
    throw new Error(`the candidate did not pass its checks (${checked.state})`);
  const candidateHash = checked.candidateHash ?? '';
  await signedAssessment(evaluator, id, true);
  await endorseRequest(evaluator, id, candidateHash);
  await approveRequest(approver, id, candidateHash);
  await requestIn(researcher, id, ['PUBLISHED']);
  return true;
}
