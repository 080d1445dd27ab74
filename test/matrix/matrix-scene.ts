import pg from 'pg';
import { allDeclared, requestIn } from '../../src/commands/example/steps.js';
import { grantStates, grantTransitions } from '../../src/modules/access/grant.state.js';
import { incidentStates, incidentTable } from '../../src/modules/incidents/incident.state.js';
import { mechanismStates, mechanismTable } from '../../src/modules/mechanisms/mechanism.state.js';
import { requestStates, requestTransitions } from '../../src/modules/requests/request.state.js';
import { activeGrant, highRelease, inDays, licenceOf } from '../support/access-steps.js';
import { type Cast, prepareSource, releasedRequest } from '../support/cast.js';
import type { TestDatabase } from '../support/databases.js';
import { commandMechanism, mechanismOf, reportIncident } from '../support/lifecycle-steps.js';
import type { Service } from '../support/service.js';
import type { Machine } from './mutation-rows.js';

interface Transition {
  readonly command: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly string[];
}

/** Something with states that the mutations are tried on, over and over. */
export interface Subject {
  readonly table: string;
  readonly id: string;
  readonly states: readonly string[];
  readonly transitions: readonly Transition[];
  /** What its row needs to be in a state. */
  readonly columnsIn: (state: string) => Readonly<Record<string, unknown>>;
  /** Of its row, for the arguments. */
  readonly values: Readonly<Record<string, unknown>>;
}

export type Subjects = Readonly<Record<Machine, Subject>>;

const editedForm = {
  ...{ title: 'Another title', purpose: 'To teach how data are prepared.', rows: 50, tier: 'LOW' },
  ...{ useCase: 'EDUCATION', formats: ['csv'], declarations: allDeclared },
};

/** A release, its mechanism, a grant on a copy of it, and an incident about it, each by the whole way. */
export async function subjectsOf(service: Service, cast: Cast): Promise<Subjects> {
  const prepared = await prepareSource(cast);
  const released = await releasedRequest(cast, prepared);
  const high = await highRelease(service, released);
  const { hash } = await licenceOf(cast.researcher);
  await cast.researcher.call('mutation ($hash: String!) { acceptLicence(hash: $hash) { __typename } }', {
    hash,
  });
  const { id: grantId } = await activeGrant(service, {
    ...{ cast, applicant: cast.researcher, releaseId: high.releaseId },
  });
  const { id: incidentId } = await reportIncident(cast.operator, released.id, 'LOW');
  const found = await mechanismOf(cast.operator, prepared.mechanismId);
  await commandMechanism(cast.operator, 'submitMechanism', found);
  await commandMechanism(cast.evaluator, 'reviewMechanism', found);
  await commandMechanism(cast.approver, 'approveMechanism', found);
  const { candidateHash } = await requestIn(cast.operator, released.id, ['PUBLISHED']);
  return {
    request: {
      ...{ table: 'request', id: released.id, states: requestStates, transitions: requestTransitions },
      columnsIn: () => ({}),
      values: {
        ...{ requestId: released.id, candidateHash, mechanismId: prepared.mechanismId },
        input: { ...editedForm, sourceId: prepared.sourceId, columns: prepared.columns },
      },
    },
    mechanism: {
      ...{ table: 'mechanism', id: prepared.mechanismId },
      ...{ states: mechanismStates, transitions: mechanismTable.transitions },
      columnsIn: () => ({}),
      values: { hash: found.hash },
    },
    grant: {
      ...{ table: 'access_grant', id: grantId, states: grantStates, transitions: grantTransitions },
      columnsIn: (state) => ({
        suspension_cause: state === 'SUSPENDED' ? 'GRANT' : null,
        ...(state === 'CLOSED' ? { end_note: 'Gone.', destruction_confirmed_at: inDays(0) } : {}),
      }),
      values: { endsAt: inDays(30) },
    },
    incident: {
      ...{ table: 'incident', id: incidentId },
      ...{ states: incidentStates, transitions: incidentTable.transitions },
      columnsIn: () => ({ lessons: 'Look at the rows first.' }),
      values: {},
    },
  };
}

/** What a mutation may add to; what it added is taken away again before the next is tried. */
const sideTables = {
  ...{
    request: 'id',
    decision: 'id',
    waiver: 'id',
    job: 'id',
    incident: 'id',
    assessment: 'id',
    release: 'id',
  },
  ...{ conflict_of_interest: 'id', request_revision: 'md5(form::text || revision || request_id)' },
};
const sides = Object.entries(sideTables);

/** Puts a thing into any state, and back: past the rules of the service, as no login of it can. */
export class Tampering {
  private ids: Readonly<Record<string, readonly string[]>> = {};

  private constructor(private readonly client: pg.Client) {}

  static async on(database: TestDatabase): Promise<Tampering> {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query("SET session_replication_role = 'replica'");
    // Without the forms that were submitted: a draft that has been submitted already is no draft.
    await client.query('DELETE FROM request_revision');
    const tampering = new Tampering(client);
    tampering.ids = await tampering.idsNow();
    return tampering;
  }

  /** The row as it is, with how many rows there are beside it. */
  async look({ table, id }: Subject): Promise<unknown> {
    const { rows } = await this.client.query<{ row: unknown }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE id = $1`,
      [id],
    );
    return { row: rows[0]?.row, beside: await this.idsNow() };
  }

  async stateOf({ table, id }: Subject): Promise<string | undefined> {
    const { rows } = await this.client.query<{ state: string }>(`SELECT state FROM ${table} WHERE id = $1`, [
      id,
    ]);
    return rows[0]?.state;
  }

  /** A function that brings the row back to what it is now, in this state, with nothing beside it that is new. */
  async keep({ table, id, columnsIn }: Subject, more: object): Promise<(state: string) => Promise<void>> {
    const { rows } = await this.client.query<{ row: object }>(
      `SELECT to_jsonb(t) AS row FROM ${table} t WHERE id = $1`,
      [id],
    );
    const kept = rows[0]?.row ?? {};
    const columns = Object.keys(kept).join(', ');
    return async (state) => {
      await this.client.query(
        `UPDATE ${table} SET (${columns}) = (SELECT ${columns} FROM jsonb_populate_record(null::${table}, $1)) WHERE id = $2`,
        [{ ...kept, ...columnsIn(state), ...more, state }, id],
      );
      for (const [side, key] of sides)
        await this.client.query(`DELETE FROM ${side} WHERE NOT (${key} = ANY ($1))`, [this.ids[side]]);
    };
  }

  stop(): Promise<void> {
    return this.client.end();
  }

  private async idsNow(): Promise<Record<string, readonly string[]>> {
    const found: Record<string, readonly string[]> = {};
    for (const [side, key] of sides) {
      const { rows } = await this.client.query<{ id: string }>(`SELECT ${key} AS id FROM ${side} ORDER BY 1`);
      found[side] = rows.map(({ id }) => id);
    }
    return found;
  }
}
