import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import { costOf } from '../../src/modules/ledger/index.js';
import { agreedRequest, type Cast, exampleFile, refusalOf, signInAll } from '../support/cast.js';
import { asLogin, asOwner } from '../support/databases.js';
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

/** An extract of other people than the ones before: so many rows fewer. */
function anExtract(): string {
  extracts += 1;
  const file = join(service.home, `extract-${extracts}.csv`);
  const lines = readFileSync(exampleFile, 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${lines.slice(0, lines.length - extracts).join('\n')}\n`);
  return file;
}

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
