import { readFileSync } from 'node:fs';
import { ApiRefusal } from '../../src/commands/example/api-client.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { permissionsAsked } from '../laws/permissions-asked.js';
import { permissionsGiven } from '../laws/permissions-given.js';
import { signInAll } from '../support/cast.js';
import { type Service, startService } from '../support/service.js';
import { type Caller, callersOf } from './callers.js';
import { type MachineRow, mutationRows } from './mutation-rows.js';
import { type Subject, type Subjects, subjectsOf, Tampering } from './matrix-scene.js';
import { MutationShapes } from './mutation-shapes.js';

const testMsMax = 600_000;

let service: Service;
let subjects: Subjects;
let callers: readonly Caller[];
let shapes: MutationShapes;
let tampering: Tampering;

beforeAll(async () => {
  service = await startService();
  const cast = await signInAll(service);
  subjects = await subjectsOf(service, cast);
  callers = await callersOf(service, { cast, roles: loadPolicy('policies').roles.map(({ role }) => role) });
  shapes = await MutationShapes.of(cast.operator);
  await service.worker.kill();
  tampering = await Tampering.on(service.database);
}, testMsMax);
afterAll(async () => {
  await tampering.stop();
  await service.stop();
});

/** "done", or the code of the refusal. Anything that is neither is a failure of the service. */
async function attempt(
  { client }: Caller,
  name: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  try {
    await client.call(shapes.documentOf(name), shapes.variablesOf(name, values));
    return 'done';
  } catch (error) {
    if (error instanceof ApiRefusal) return error.code;
    throw error;
  }
}

const refusedByRight = ['UNAUTHENTICATED', 'NOT_PERMITTED', 'NOT_FOUND'];

/** What the tables call a person. */
function namesOf({ role, owner }: Caller): readonly string[] {
  if (owner) return ['requester', 'applicant'];
  if (role === 'researcher') return ['another researcher'];
  return role === 'operator' || role === 'evaluator' ? [role, 'audit-team'] : role ? [role] : [];
}

interface Cell {
  readonly row: MachineRow;
  readonly subject: Subject;
  readonly state: string;
}

/** Rows of the table that let the person give the command now. */
function targetsOf({ row, subject, state }: Cell, caller: Caller): readonly string[] {
  const names = namesOf(caller);
  const isBy = (by: readonly string[]): boolean => by.some((giver) => names.includes(giver));
  if (row.given) return row.given.from.includes(state) && isBy(row.given.by) ? [state, 'AGREED'] : [];
  return subject.transitions
    .filter(({ command, from, by }) => command === row.command && from.includes(state) && isBy(by))
    .map(({ to }) => to);
}

/** Everything wrong with the answers in one state, and how many were "done". */
async function tryAll(
  name: string,
  cell: Cell,
  bringBack: (state: string) => Promise<void>,
): Promise<{ wrong: string[]; done: number }> {
  const { subject, state, row } = cell;
  const values = {
    ...{ checks: ['exact-copies'], forMechanism: false, id: subject.id },
    ...{ ...subject.values, ...row.values },
  };
  await bringBack(state);
  const before = await tampering.look(subject);
  const barred = callers.filter((caller) => targetsOf(cell, caller).length === 0);
  const answers = await Promise.all(
    barred.map(async (caller) => ({ caller, code: await attempt(caller, name, values) })),
  );
  const wrong = answers
    .filter(({ code, caller }) => !isRefusalFor(caller, cell, code))
    .map(({ caller, code }) => `${name} by ${caller.name} in ${state}: ${code}`);
  if (JSON.stringify(await tampering.look(subject)) !== JSON.stringify(before))
    wrong.push(`${name} in ${state} changed something though nobody may`);
  let done = 0;
  for (const caller of callers.filter((one) => !barred.includes(one))) {
    const code = await attempt(caller, name, values);
    const now = (await tampering.stateOf(subject)) ?? 'gone';
    const targets = code === 'done' ? [...targetsOf(cell, caller), state] : [state];
    if (!targets.includes(now) || isBroken(code))
      wrong.push(`${name} by ${caller.name} in ${state}: ${code}, now ${now}`);
    if (code === 'done') done += 1;
    await bringBack(state);
  }
  return { wrong, done };
}

/** Not an answer of the rules: the document was wrong, or the service was. */
const isBroken = (code: string): boolean =>
  ['ERROR', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'INTERNAL_SERVER_ERROR'].includes(code);

function isRefusalFor(caller: Caller, { row, subject }: Cell, code: string): boolean {
  const isEver = subject.states.some((state) => targetsOf({ row, subject, state }, caller).length > 0);
  return refusedByRight.includes(code) || (isEver && code !== 'done' && !isBroken(code));
}

const rowsOf = (name: string): readonly MachineRow[] => {
  const found = mutationRows[name] ?? [];
  if ('on' in found) return found.on === 'nothing' ? [] : [found];
  return found;
};
const machineRows = Object.keys(mutationRows).flatMap((name) =>
  rowsOf(name).map((row) => ({ name, row, as: row.command ?? 'no command of the table' })),
);

it('every mutation has a row', () => {
  expect([...shapes.names].sort()).toEqual(Object.keys(mutationRows).sort());
});

describe('by every role in every state, nothing happens but what the table says:', () => {
  it.each(machineRows)(
    '$name ($as)',
    async ({ name, row }) => {
      const subject = subjects[row.on];
      const bringBack = await tampering.keep(subject, row.columns ?? {});
      const start = (await tampering.stateOf(subject)) ?? '';
      const wrong: string[] = [];
      let done = 0;
      for (const state of subject.states) {
        const found = await tryAll(name, { row, subject, state }, bringBack);
        wrong.push(...found.wrong);
        done += found.done;
      }
      await bringBack(start);
      expect(wrong).toEqual([]);
      expect(done > 0 || isDoneIn(name, row.doneIn)).toBe(true);
    },
    testMsMax,
  );
});

/** Does this test speak of the mutation? */
const isDoneIn = (name: string, file: string | undefined): boolean =>
  file !== undefined && readFileSync(file, 'utf8').includes(name);

/** What the handler asks for, as "action Subject"; also "public" and "signed-in". */
function askedBy(name: string): string {
  const found = permissionsAsked.find((one) => one.startsWith('Mutation ') && one.includes(`.${name}: `));
  if (found === undefined) throw new Error(`There is no handler of "${name}".`);
  return found.slice(found.indexOf(': ') + 2);
}

function isGiven(asked: string, { role }: Caller): boolean {
  if (asked === 'public') return true;
  if (asked === 'signed-in' || role === null) return role !== null;
  const [action, subject] = asked.split(' ');
  return (permissionsGiven[role] ?? []).some((one) => one.split(' where ')[0] === `${subject}: ${action}`);
}

describe('without the right to it, nobody gets past the door of:', () => {
  it.each(Object.keys(mutationRows))('%s', async (name) => {
    const asked = askedBy(name);
    const barred = callers.filter((caller) => !isGiven(asked, caller));
    const answers = await Promise.all(barred.map((caller) => attempt(caller, name, {})));
    expect(barred.length > 0 || asked === 'public').toBe(true);
    expect(answers).toEqual(barred.map(({ role }) => (role === null ? 'UNAUTHENTICATED' : 'NOT_PERMITTED')));
  });
});
