import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import * as steps from '../../src/commands/example/steps.js';
import { signInAll } from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { describeWithShared } from '../support/shared-data.js';

const rows = 101_766;
const description = {
  name: 'Diabetes 130-US hospitals',
  description: 'Encounters of patients with diabetes, 1999 to 2008.',
  citation: 'Strack et al. (2014), doi 10.1155/2014/781670',
  licence: 'CC BY 4.0',
};

/** How long each kind of work took, from being asked for to its end. */
async function jobTimes(service: Service): Promise<string> {
  const jobs = await asOwner<{ kind: string; ms: number; starts: number }>(
    service.database,
    `SELECT kind, starts, round(extract(epoch FROM finished_at - created_at) * 1000)::int AS ms
     FROM job ORDER BY created_at`,
  );
  return jobs.map(({ kind, ms, starts }) => `${kind} ${ms} ms (${starts} start)`).join(', ');
}

describeWithShared('the diabetes table', 'datasets/diabetes130/diabetic_data.csv.gz', (packed) => {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-diabetes-'));
  const file = join(folder, 'diabetic_data.csv');
  let service: Service;
  beforeAll(async () => {
    await pipeline(createReadStream(packed), createGunzip(), createWriteStream(file));
    service = await startService();
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  it('goes through the eight steps, all rows of it, without its identifiers', async () => {
    const cast = await signInAll(service);
    const { id: uploadId, path } = await steps.openUpload(cast.custodian);
    expect((await cast.custodian.uploadFile(path, file)).status).toBe(200);
    const { proposal } = await steps.inspectedUpload(cast.custodian, uploadId);
    const markers = Object.fromEntries((proposal ?? []).map((one) => [one.name, one.missingMarkers]));
    for (const name of ['race', 'weight', 'payer_code', 'medical_specialty', 'diag_3'])
      expect({ name, markers: markers[name] }).toEqual({
        name,
        markers: expect.arrayContaining(['?']) as unknown,
      });
    expect(proposal?.filter(({ type }) => type === 'identifier').map(({ name }) => name)).toEqual([
      'encounter_id',
      'patient_nbr',
    ]);
    const source = await cast.custodian.call<{ id: string; releasableColumns: string[]; rows: number }>(
      `mutation ($input: RegisterSourceInput!) {
         registerSource(input: $input) { ... on Source { id rows releasableColumns } } }`,
      { input: { uploadId, ...description, columns: proposal } },
    );
    expect(source).toMatchObject({ rows });
    expect(source.releasableColumns).toHaveLength(48);

    const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
    const { id: mechanismId } = await steps.registerMechanism(cast.operator, {
      generator: 'independent-marginals',
      profileId: profile.id,
    });
    const { id } = await steps.draftRequest(cast.researcher, source.id, {
      title: 'Diabetes encounters',
      purpose: 'Develop a readmission model without access to the extract.',
      columns: source.releasableColumns,
      rows,
    });
    await steps.submitRequest(cast.researcher, id);
    await steps.agreeRequest(cast.operator, id);
    await steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'diabetes' });
    const { state, candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED']);
    expect(state).toBe('EVALUATING');
    await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
    await steps.approveRequest(cast.approver, id, candidateHash ?? '');
    await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
    const { files } = await steps.releaseOf(cast.researcher, id);
    const response = await cast.researcher.get(files[0]?.path ?? '');
    const lines = (await response.text()).split('\n');
    expect(lines).toHaveLength(rows + 2);
    expect(lines[0]?.split(',')).toEqual(source.releasableColumns);
    console.warn(`The diabetes table: ${await jobTimes(service)}`);
  }, 180_000);
});
