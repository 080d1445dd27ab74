import { Random } from '../../src/core/random/random.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import type { Actor } from '../../src/modules/identity/actor.js';
import type { ReleaseRequest } from '../../src/modules/requests/index.js';
import { ReleaseRequest as RequestEntity } from '../../src/modules/requests/request.entity.js';
import { newRequest, saveNew } from '../../src/modules/requests/new-request.js';
import { requestStates, terminalStates } from '../../src/modules/requests/request.state.js';
import { auditChain } from '../support/databases.js';
import { humanCommands, systemSteps } from './commands.js';
import { brokenInvariants } from './invariants.js';
import { openWalkScene, type WalkScene } from './walk-scene.js';

/** Of each half; the two run side by side. The pipeline walks 5,000 each; more: WALKS=100000 WALK_SEED=x npm test -- test/walks */
const walks = Number(process.env['WALKS'] ?? 500);
const stepsMax = 18;
/** So many walks come by every state, or the walks are no good. */
const walksForAllStates = 1_000;

/** Among them people with every role at once: separation is by person, not by role. */
const casts: readonly (readonly string[])[] = [
  ['researcher'],
  ['operator'],
  ['evaluator'],
  ['ig-approver'],
  ['ig-approver'],
  ['operator', 'evaluator'],
  ['evaluator', 'ig-approver'],
  ['researcher', 'operator', 'evaluator', 'ig-approver'],
  ['auditor', 'administrator'],
];

const form = {
  title: 'Walk',
  purpose: 'To be walked through every state there is.',
  useCase: 'RESEARCH' as const,
  tier: 'LOW' as const,
  columns: ['sex'],
  rows: 1,
  formats: ['csv'],
  declarations: {
    notForDirectCare: true,
    noReIdentification: true,
    nonCommercial: true,
    noConflictOfInterest: true,
  },
};

const usefulIn: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['submit', 'submit', 'edit'],
  SUBMITTED: ['agree', 'agree', 'agree', 'return'],
  RETURNED: ['resubmit', 'edit', 'edit'],
  AGREED: ['generate'],
  BLOCKED: ['waive', 'waive', 'rework'],
  EVALUATING: ['endorse', 'endorse', 'endorse', 'recheck', 'declare'],
  IG_REVIEW: ['approve', 'approve', 'approve', 'approve', 'approve', 'query', 'return', 'declare'],
  APPROVED: ['declare', 'close'],
  PUBLISHED: ['suspend', 'recall'],
  SUSPENDED: ['reinstate', 'reinstate', 'recall'],
};

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random.integerBelow(values.length)] as Value;

/** Commands that could mean something now are tried more often, or most walks would end nowhere. */
function nextCommand(random: Random, request: ReleaseRequest): string {
  const all = Object.keys(humanCommands);
  if (random.uniform() < 0.15) return pick(random, all);
  return pick(random, usefulIn[request.state] ?? all);
}

/** Often somebody who may, sometimes anybody. */
function nextPerson(
  people: readonly Actor[],
  command: string,
  request: ReleaseRequest,
  random: Random,
): Actor {
  const action = command === 'declare' ? 'recuse' : command;
  const able = people.filter((person) => person.may(action, request));
  return able.length > 0 && random.uniform() < 0.7 ? pick(random, able) : pick(random, people);
}

/** The states it came by. */
async function walk(scene: WalkScene, people: readonly Actor[], random: Random): Promise<Set<string>> {
  const requester = pick(random, people);
  const memberIds = people
    .filter(({ id }) => id !== requester.id && random.uniform() < 0.08)
    .map(({ id }) => id);
  const draft = newRequest(requester.id, { ...form, memberIds, sourceId: scene.sourceId });
  let request = await saveNew(scene.dataSource.manager, draft, new Date(0));
  const states = new Set<string>([request.state]);
  let stepsAfterTheEnd = 0;
  for (let step = 0; step < stepsMax && stepsAfterTheEnd < 2; step += 1) {
    const before = request.state;
    const work = systemSteps[before];
    const isWork = work !== undefined && random.uniform() < (before === 'PUBLISHED' ? 0.1 : 0.6);
    const name = isWork ? 'system' : nextCommand(random, request);
    const person = nextPerson(people, name, request, random);
    const attempt = { scene, person, request, random, people };
    if (isWork) await work(attempt);
    else await humanCommands[name]?.(attempt);
    request = await scene.dataSource.manager.findOneByOrFail(RequestEntity, { id: request.id });
    states.add(request.state);
    if (terminalStates.includes(request.state)) stepsAfterTheEnd += 1;
    const broken = await brokenInvariants(scene, { request, before, name, person: isWork ? null : person });
    if (broken.length > 0) throw new Error(`${broken.join('; ')} (after ${name} in ${before})`);
  }
  return states;
}

/** The same walks for the same seed. */
export function defineWalks(half: 'one' | 'two', approvalsNeeded: number): void {
  const seed = `${process.env['WALK_SEED'] ?? 'walks'}/${half}`;
  const random = Random.fromSeed(seed);
  let scene: WalkScene;
  let people: Actor[];
  beforeAll(async () => {
    scene = await openWalkScene(approvalsNeeded);
    people = [];
    for (const roles of casts) people.push(await scene.addPerson(roles));
    const approvers = people.filter(({ roles }) => roles.join() === 'ig-approver');
    const everything = people.filter(({ roles }) => roles.includes('researcher') && roles.length > 1);
    people.push(await scene.addDelegate(['custodian'], approvers));
    people.push(
      await scene.addDelegate(['researcher', 'operator', 'evaluator'], [...approvers, ...everything]),
    );
  });
  afterAll(() => scene.stop());

  it(`no invariant breaks on ${walks} random walks by random people (seed "${seed}")`, async () => {
    const states = new Set<string>();
    for (let number = 0; number < walks; number += 1) {
      try {
        const found = await walk(scene, people, random.fork(`walk/${number}`));
        for (const state of found) states.add(state);
      } catch (error) {
        throw new Error(
          `Walk ${number} of "${seed}": ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    const byTheClock = ['EXPIRED', 'SUPERSEDED'];
    const missed = requestStates.filter((state) => !states.has(state) && !byTheClock.includes(state));
    if (walks >= walksForAllStates) expect(missed).toEqual([]);
    expect(findBrokenLink(await auditChain(scene.database))).toBeNull();
  }, 3_600_000);
}
