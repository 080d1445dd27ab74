import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { costOf } from '../../src/modules/ledger/index.js';
import { addPerson, agreedRequest, type Cast, exampleFile, refusalOf, signInAll } from '../support/cast.js';
import { asLogin, asOwner, eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { finishedModel, type ModelAnswer, requestModel } from '../support/tier-steps.js';

let service: Service;
let cast: Cast;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
});
afterAll(() => service.stop());

const column = 'radius_mean';
const other = 'texture_mean';

let extracts = 0;

const [header = '', ...exampleRows] = readFileSync(exampleFile, 'utf8').trimEnd().split('\n');

function aFile(rows: readonly string[]): string {
  extracts += 1;
  const file = join(service.home, `extract-${extracts}.csv`);
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

/** Of other people than the ones before: nobody has the number or the row of anybody else. */
function otherPeople(): string[] {
  return exampleRows.map((row) => row.replace(/^\d+/u, (id) => `${extracts + 1}-${id}`));
}

const anExtract = (): string => aFile(otherPeople());

async function aSource(name: string, subjectColumn?: string, file = anExtract()): Promise<string> {
  const { id } = await steps.registerSource(
    cast.custodian,
    file,
    { name, description: 'For a story.', citation: 'Wolberg et al. (1993)', licence: 'CC BY 4.0' },
    {
      ...(subjectColumn && { subjectColumn }),
      publicFacts: { [column]: { low: '0', high: '50', decimals: 1 } },
    },
  );
  return id;
}

const delta = 1e-6;
const ask = (sourceId: string, epsilon: number, columns = [column]): Promise<ModelAnswer> =>
  requestModel(cast.operator, {
    ...{ sourceId, columns },
    generator: 'dp-independent-marginals',
    parameters: { epsilon, delta, rowsPerSubject: 1 },
  });

interface MatchAnswer {
  readonly id: string;
  readonly oneId: string;
  readonly otherId: string;
  readonly basis: string;
  readonly share: number;
  readonly state: string;
}

interface LedgerAnswer {
  readonly epsilonBudget: number;
  readonly epsilonSpent: number;
  readonly epsilonLeft: number;
  readonly entries: readonly { state: string; epsilon: number; booked: string | null }[];
}

const ledgerOf = async (sourceId: string, person = cast.approver): Promise<LedgerAnswer | null> =>
  (
    await person.call<{ ledger: LedgerAnswer | null }>(
      `query ($id: ID!) {
         source(id: $id) { ledger { epsilonBudget epsilonSpent epsilonLeft entries { state epsilon booked } } }
       }`,
      { id: sourceId },
    )
  ).ledger;

describe('the privacy budget of a source', () => {
  it('is reserved by as many of twenty at once as it has room for, and spent once they are done', async () => {
    const sourceId = await aSource('Asked at once');
    const epsilon = 1.5;
    const room = Math.floor(costOf({ epsilon: 5, delta }).rho / costOf({ epsilon, delta }).rho);
    expect(room).toBeGreaterThan(1);
    expect(room).toBeLessThan(20);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => ask(sourceId, epsilon)));
    const models = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(models).toHaveLength(room);
    for (const one of answers) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    }
    const done = await Promise.all(models.map(({ id }) => finishedModel(cast.operator, id)));
    expect(new Set(done.map(({ state }) => state))).toEqual(new Set(['READY']));
    const ledger = await ledgerOf(sourceId);
    expect(ledger?.entries.map(({ state }) => state)).toEqual(Array<string>(room).fill('SPENT'));
    expect(ledger?.epsilonSpent).toBeLessThanOrEqual(5);
    expect(ledger?.entries[0]?.booked).toContain('discrete-');
  });

  it('is spent by a model that came to nothing, and again by the next', async () => {
    const sourceId = await aSource('Asked in vain');
    const failed = await finishedModel(cast.operator, (await ask(sourceId, 4, [column, other])).id);
    expect(failed.state).toBe('FAILED');
    expect(failed.problem).toContain(other);
    expect((await ledgerOf(sourceId))?.entries).toMatchObject([{ state: 'SPENT', epsilon: 4, booked: null }]);
    expect((await refusalOf(ask(sourceId, 4))).code).toBe('BUDGET_EXCEEDED');
  });

  it('is of no concern to those who ask for data', async () => {
    const sourceId = await aSource('Looked at');
    expect(await ledgerOf(sourceId, cast.researcher)).toBeNull();
    expect(await ledgerOf(sourceId)).toMatchObject({ epsilonBudget: 5, epsilonSpent: 0, entries: [] });
  });

  it('cannot be lowered by the application, nor can an entry be deleted', async () => {
    for (const attempt of ['UPDATE ledger_entry SET rho = 1e-9', 'DELETE FROM ledger_entry']) {
      await expect(asLogin(service.database.appUrl, attempt)).rejects.toThrow('permission denied');
    }
    const [kept] = await asOwner<{ count: string }>(
      service.database,
      'SELECT count(*) FROM ledger_entry',
      [],
    );
    expect(Number(kept?.count)).toBeGreaterThan(0);
  });

  it('counts by the subject that the custodian declared, whatever the operator says', async () => {
    const sourceId = await aSource('Whose rows');
    const claimed = requestModel(cast.operator, {
      ...{ sourceId, columns: [column] },
      generator: 'dp-independent-marginals',
      parameters: { epsilon: 1, rowsPerSubject: 1, subject: other },
    });
    expect(await refusalOf(claimed)).toMatchObject({ code: 'BAD_PARAMETERS', place: 'parameters.subject' });
  });

  it('says whether the bound of rows a subject was enforced or is only declared', async () => {
    const bookedFor = async (sourceId: string): Promise<string> => {
      expect(await finishedModel(cast.operator, (await ask(sourceId, 1)).id)).toMatchObject({
        state: 'READY',
      });
      return (await ledgerOf(sourceId))?.entries[0]?.booked ?? '';
    };
    expect(await bookedFor(await aSource('With a subject', 'id'))).toContain('"bound":"enforced"');
    expect(await bookedFor(await aSource('Without a subject'))).toContain('"bound":"declared"');
  });

  it('is one for the same bytes under another name', async () => {
    const file = anExtract();
    const first = await aSource('One name', undefined, file);
    const second = await aSource('Another name', undefined, file);
    await finishedModel(cast.operator, (await ask(first, 4.9)).id);
    expect((await refusalOf(ask(second, 4.9))).code).toBe('BUDGET_EXCEEDED');
    expect((await ledgerOf(second))?.entries).toHaveLength(1);
  });

  const matchesOf = async (sourceId: string, person = cast.approver): Promise<MatchAnswer[]> =>
    (
      await person.call<{ peopleMatches: MatchAnswer[] }>(
        'query ($id: ID!) { source(id: $id) { peopleMatches { id oneId otherId basis share state } } }',
        { id: sourceId },
      )
    ).peopleMatches;
  const command = (person: Cast['approver'], mutation: string, id: string): Promise<MatchAnswer> =>
    person.call(
      mutation === 'confirmSeparation'
        ? `mutation ($id: ID!) { confirmSeparation(matchId: $id) { __typename ... on PeopleMatch { id state } ${refusalFields} } }`
        : `mutation ($id: ID!, $reason: String!) {
             proposeSeparation(matchId: $id, reason: $reason) { __typename ... on PeopleMatch { id state } ${refusalFields} } }`,
      { id, ...(mutation === 'confirmSeparation' ? {} : { reason: 'The numbers run from 1 in both.' }) },
    );

  it('is one for the same people in another order, with changed rows, under another name', async () => {
    const people = otherPeople();
    const first = await aSource('Known', 'id', aFile(people));
    const changed = people.map((row, index) =>
      index % 20 === 0 ? row.replace(/\d+(?=[^,]*$)/u, '777') : row,
    );
    const second = await aSource('Renamed', 'id', aFile(changed.reverse()));
    expect(await matchesOf(second)).toMatchObject([{ basis: 'SUBJECTS', share: 1, state: 'MATCHED' }]);
    const nameless = await aSource('Renamed again', undefined, aFile(changed.map((row) => row)));
    expect((await matchesOf(nameless)).length).toBeGreaterThan(0);
    expect(await matchesOf(await aSource('Of others', 'id'))).toEqual([]);
    expect(await matchesOf(second, cast.researcher)).toEqual([]);

    const [mine, theirs] = [(await ask(first, 4.9)).id, (await ask(second, 0.1)).id];
    expect((await refusalOf(ask(second, 4.9))).code).toBe('BUDGET_EXCEEDED');
    expect((await refusalOf(ask(nameless, 4.9))).code).toBe('BUDGET_EXCEEDED');
    for (const id of [mine, theirs]) expect((await finishedModel(cast.operator, id)).state).toBe('READY');
    const keys = await asOwner(service.database, 'SELECT DISTINCT split_key FROM model WHERE id = ANY ($1)', [
      [mine, theirs],
    ]);
    expect(keys).toHaveLength(1);
  });

  it('is divided when somebody proposes it and another one, who has no part in the sources, confirms', async () => {
    const people = otherPeople();
    const first = await aSource('Running numbers', 'id', aFile(people));
    const second = await aSource('Running numbers elsewhere', 'id', aFile(people.slice(100)));
    await finishedModel(cast.operator, (await ask(first, 4.9)).id);
    const [match] = await matchesOf(second);
    const id = match?.id ?? '';
    expect(match).toMatchObject({ share: 1, state: 'MATCHED' });
    expect((await refusalOf(command(cast.approver, 'confirmSeparation', id))).code).toBe('WRONG_STATE');
    expect((await refusalOf(command(cast.operator, 'proposeSeparation', id))).code).toBe('NOT_PERMITTED');
    await command(cast.custodian, 'proposeSeparation', id);
    expect((await refusalOf(ask(second, 4.9))).code).toBe('BUDGET_EXCEEDED');
    expect((await refusalOf(command(cast.custodian, 'confirmSeparation', id))).code).toBe('NOT_PERMITTED');
    const both = await addPerson(service, ['custodian', 'ig-approver']);
    await asOwner(service.database, 'UPDATE people_match SET proposed_by_id = $2 WHERE id = $1', [
      id,
      both.id,
    ]);
    expect((await refusalOf(command(both.client, 'confirmSeparation', id))).code).toBe('OWN_REQUEST');
    const selfConfirmed = `UPDATE people_match SET state = 'SEPARATED', confirmed_by_id = proposed_by_id WHERE id = '${id}'`;
    await expect(asLogin(service.database.appUrl, selfConfirmed)).rejects.toThrow('separated_by_two');
    expect((await command(cast.approver, 'confirmSeparation', id)).state).toBe('SEPARATED');
    expect((await finishedModel(cast.operator, (await ask(second, 4.9)).id)).state).toBe('READY');

    await cast.custodian.call(
      `mutation ($one: ID!, $other: ID!) { matchSources(sourceId: $one, otherId: $other,
         reason: "They are the same people after all.") { __typename ${refusalFields} } }`,
      { one: first, other: second },
    );
    expect(await matchesOf(first)).toMatchObject([{ id, state: 'MATCHED' }]);
    expect((await refusalOf(ask(second, 0.5))).code).toBe('BUDGET_EXCEEDED');
    const events = [
      ...(await eventsOn(service.database, first)),
      ...(await eventsOn(service.database, second)),
    ];
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      expect.arrayContaining(['propose-separation done', 'confirm-separation refused', 'match-sources done']),
    );
  });

  it('is before the eyes of those who decide on a candidate, and of nobody who asks for one', async () => {
    const sourceId = await aSource('Decided on', 'id');
    const [model] = [await finishedModel(cast.operator, (await ask(sourceId, 1)).id)];
    await finishedModel(cast.operator, (await ask(sourceId, 2)).id);
    const mechanism = await steps.registerMechanism(cast.operator, {
      generator: 'dp-independent-marginals',
      modelId: model.id,
    });
    const prepared = { sourceId, columns: [column], mechanismId: mechanism.id };
    const id = await agreedRequest(cast, prepared, { tier: 'HIGH' });
    const shownTo = async (person: Cast['approver']): Promise<Record<string, number> | null> =>
      (
        await person.call<{ privacyLedger: Record<string, number> | null }>(
          `query ($id: ID!) { request(id: $id) { privacyLedger {
             modelEpsilon modelDelta rowsPerSubject epsilonBudget delta epsilonSpent epsilonReserved epsilonLeft models
           } } }`,
          { id },
        )
      ).privacyLedger;
    expect(await shownTo(cast.approver)).toBeNull();
    await asOwner(service.database, 'UPDATE request SET mechanism_id = $2 WHERE id = $1', [id, mechanism.id]);
    const shown = await shownTo(cast.approver);
    const { epsilonSpent, epsilonLeft } = (await ledgerOf(sourceId)) ?? {};
    expect(shown).toEqual({
      ...{ modelEpsilon: 1, modelDelta: delta, rowsPerSubject: 1, epsilonBudget: 5, delta },
      ...{ epsilonSpent: expect.closeTo(epsilonSpent ?? 0, 9) as number, epsilonReserved: 0 },
      ...{ epsilonLeft: expect.closeTo(epsilonLeft ?? 0, 9) as number, models: 2 },
    });
    expect(await shownTo(cast.researcher)).toBeNull();
  });
});
