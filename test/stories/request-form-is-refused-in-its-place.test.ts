import { refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { type Cast, type Prepared, prepareSource, refusalOf, signInAll } from '../support/cast.js';
import { eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

type Form = Readonly<Record<string, unknown>>;

const form = (change: Form): Form => ({
  title: 'Breast cancer diagnostics',
  purpose: 'Teach data preparation without access to the extract.',
  useCase: 'RESEARCH',
  tier: 'LOW',
  formats: ['csv'],
  declarations: steps.allDeclared,
  sourceId: prepared.sourceId,
  columns: ['diagnosis', 'radius_mean'],
  rows: 100,
  ...change,
});

const draft = (input: Form): Promise<steps.RequestAnswer> =>
  cast.researcher.call(
    `mutation ($input: RequestInput!) {
       draftRequest(input: $input) { __typename ... on Request { id state candidateHash } ${refusalFields} }
     }`,
    { input },
  );

const without = (declaration: string): Form => ({
  declarations: { ...steps.allDeclared, [declaration]: false },
});

const refusals: readonly [string, Form, string, string][] = [
  ['an identifier column', { columns: ['diagnosis', 'id'] }, 'IDENTIFIER_COLUMN', 'id'],
  ['an unknown column', { columns: ['diagnosis', 'nhs_number'] }, 'UNKNOWN_COLUMN', 'nhs_number'],
  ['a column in other letters', { columns: ['Diagnosis'] }, 'UNKNOWN_COLUMN', 'Diagnosis'],
  ['a column twice', { columns: ['diagnosis', 'diagnosis'] }, 'DUPLICATE_COLUMN', 'diagnosis'],
  ['no column', { columns: [] }, 'INCOMPLETE', 'columns'],
  ['zero rows', { rows: 0 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
  ['less than zero rows', { rows: -1 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
  ['one row more than the policy allows', { rows: 1_000_001 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
  ['10^9 rows', { rows: 1_000_000_000 }, 'ROWS_OUT_OF_BOUNDS', 'rows'],
  ['an unknown format', { formats: ['csv', 'xlsx'] }, 'UNSUPPORTED_FORMAT', 'formats'],
  ['no format', { formats: [] }, 'INCOMPLETE', 'formats'],
  ['a format twice', { formats: ['csv', 'csv'] }, 'UNSUPPORTED_FORMAT', 'formats'],
  ['no title', { title: '  ' }, 'INCOMPLETE', 'title'],
  ['no purpose', { purpose: '' }, 'INCOMPLETE', 'purpose'],
  ['a purpose of blanks', { purpose: ' '.repeat(100) }, 'INCOMPLETE', 'purpose'],
  [
    'a target in a tier that tests no models',
    { declaredUse: { target: 'diagnosis' } },
    'BAD_PARAMETERS',
    'declaredUse.target',
  ],
  [
    'groups by a column that is not asked for',
    { declaredUse: { protectedColumns: [{ column: 'area_mean', cuts: [500] }] } },
    'UNKNOWN_COLUMN',
    'declaredUse.protectedColumns.0',
  ],
  [
    'rules about a column that is not asked for',
    {
      declaredUse: {
        rules: 'version: 1\nrules: [{ name: r, kind: range, column: area_mean, min: 0 }]',
      },
    },
    'BAD_PARAMETERS',
    'declaredUse.rules',
  ],
  ['care as its use', without('notForDirectCare'), 'DECLARATION_MISSING', 'notForDirectCare'],
  ['re-identification in mind', without('noReIdentification'), 'DECLARATION_MISSING', 'noReIdentification'],
  ['commerce in mind', without('nonCommercial'), 'DECLARATION_MISSING', 'nonCommercial'],
  ['a conflict', without('noConflictOfInterest'), 'DECLARATION_MISSING', 'noConflictOfInterest'],
];

describe('a request is not submitted with', () => {
  it.each(refusals)('%s', async (_, change, code, place) => {
    const { id } = await draft(form(change));
    const refused = await refusalOf(steps.submitRequest(cast.researcher, id));
    expect({ code: refused.code, place: refused.place }).toEqual({ code, place });
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
      action: 'submit-request',
      outcome: 'refused',
      details: { from: 'DRAFT', to: 'DRAFT', refusal: { code, place } },
    });
    await expect(steps.requestIn(cast.researcher, id, ['DRAFT'])).resolves.toMatchObject({ state: 'DRAFT' });
  });

  it('anything of the above after it was edited', async () => {
    const { id } = await draft(form({}));
    await cast.researcher.call(
      'mutation ($id: ID!, $input: RequestInput!) { editRequest(id: $id, input: $input) { __typename } }',
      { id, input: form({ columns: ['id'] }) },
    );
    const { code } = await refusalOf(steps.submitRequest(cast.researcher, id));
    expect(code).toBe('IDENTIFIER_COLUMN');
  });
});

describe('a draft is not taken with', () => {
  it.each([
    ['no source', { sourceId: '00000000-0000-4000-8000-000000000000' }, 'NOT_FOUND', 'sourceId'],
    ['an endless purpose', { purpose: 'x'.repeat(4_001) }, 'INCOMPLETE', 'purpose'],
    ['an endless title', { title: 'x'.repeat(4_001) }, 'INCOMPLETE', 'title'],
  ] as const)('%s', async (_, change, code, place) => {
    const refused = await refusalOf(draft(form(change)));
    expect({ code: refused.code, place: refused.place }).toEqual({ code, place });
  });

  it.each([
    ['rows beyond 32 bits', { rows: 10_000_000_000 }],
    ['half a row', { rows: 1.5 }],
    ['an unknown tier', { tier: 'OPEN' }],
    ['a field nobody knows', { state: 'APPROVED' }],
    ['somebody else as requester', { requesterId: '00000000-0000-4000-8000-000000000000' }],
  ])('%s: the schema refuses it', async (_, change) => {
    const { code } = await refusalOf(draft(form(change)));
    expect(code).toBe('BAD_USER_INPUT');
  });
});

describe('a request that was submitted', () => {
  const submitted = async (): Promise<string> => {
    const { id } = await draft(form({}));
    await steps.submitRequest(cast.researcher, id);
    return id;
  };

  it('is not edited any longer', async () => {
    const id = await submitted();
    const edited = cast.researcher.call(
      `mutation ($id: ID!, $input: RequestInput!) {
         editRequest(id: $id, input: $input) { __typename ${refusalFields} } }`,
      { id, input: form({ rows: 5 }) },
    );
    expect((await refusalOf(edited)).code).toBe('WRONG_STATE');
  });

  it('is neither seen, edited, submitted nor withdrawn by another researcher', async () => {
    const { id } = await draft(form({}));
    expect(await cast.outsider.call('query ($id: ID!) { request(id: $id) { id } }', { id })).toBeNull();
    expect(JSON.stringify(await cast.outsider.call('{ requests { id } }'))).not.toContain(id);
    for (const command of ['submit', 'withdraw', 'resubmit']) {
      const document = `mutation ($id: ID!) { ${command}Request(id: $id) { __typename ${refusalFields} } }`;
      const refused = await refusalOf(cast.outsider.call(document, { id }));
      expect(refused.code).toBe('NOT_PERMITTED');
    }
    expect((await eventsOn(service.database, id)).map(({ outcome }) => outcome)).toEqual([
      'done',
      'refused',
      'refused',
      'refused',
    ]);
  });
});
