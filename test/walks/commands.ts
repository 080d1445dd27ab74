import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/core/time/clock.js';
import type { Random } from '../../src/core/random/random.js';
import type { Check } from '../../src/evaluation/check.js';
import { Candidate } from '../../src/modules/generation/index.js';
import type { Actor } from '../../src/modules/identity/actor.js';
import { Job, type Refusal } from '../../src/modules/platform/index.js';
import type { ReleaseRequest } from '../../src/modules/requests/index.js';
import { formOf } from '../../src/modules/requests/new-request.js';
import type { WalkScene } from './walk-scene.js';

const reason = 'For the sake of this walk.';
const nothingMore = {
  ...{ candidateHash: null, declaresNoConflict: null, revision: null, reviewRound: null },
  ...{ scores: null, endorsement: null, agreement: null },
};
const endorsement = {
  ...{ privacy: reason, quality: reason, utility: reason, bias: reason },
  ...{ releaseNotes: reason, limitations: reason, summary: reason },
};

type Result = ReleaseRequest | Refusal | null;
export interface Attempt {
  readonly scene: WalkScene;
  readonly person: Actor;
  readonly request: ReleaseRequest;
  readonly random: Random;
  /** Everybody there is. */
  readonly people: readonly Actor[];
}

const aCheck = (name: string, status: Check['status'], value: number): Check => ({
  name,
  status,
  value,
  direction: 'higher',
  threshold: { pass: 0.85, fail: 0.6 },
  explanation: '-',
});

/** One or the other, with a bias towards the first. */
const mostly = <Value>(random: Random, usual: Value, unusual: Value): Value =>
  random.uniform() < 0.85 ? usual : unusual;

const candidateHashOf = ({ request, random }: Attempt): string =>
  mostly(random, request.candidateHash ?? 'none', 'another');

/** Mostly one more, sometimes one fewer. */
function changedTeam({ request, random, people }: Attempt): string[] {
  const somebody = people[random.integerBelow(people.length)]?.id ?? '';
  return mostly(random, [...request.memberIds, somebody], request.memberIds.slice(1));
}

/** In whose stead: mostly somebody who lets them, if anybody does. */
function forWhom({ person, random }: Attempt): string | null {
  const { delegations } = person;
  const one = delegations[random.integerBelow(delegations.length + 1)];
  return one?.delegatorId ?? null;
}

/** What people can try, whether or not they may. */
export const humanCommands: Readonly<Record<string, (attempt: Attempt) => Promise<Result>>> = {
  edit: (attempt) =>
    attempt.scene.requests.edit(attempt.person, attempt.request.id, {
      input: { ...formOf(attempt.request), memberIds: changedTeam(attempt) },
      changedAt: null,
    }),
  submit: ({ scene, person, request }) => scene.submissions.submit(person, request.id, 'submit'),
  resubmit: ({ scene, person, request }) => scene.submissions.submit(person, request.id, 'resubmit'),
  withdraw: ({ scene, person, request }) =>
    scene.commands.carryOut(person, request.id, { command: 'withdraw' }),
  ...Object.fromEntries(
    (['agree', 'return', 'decline', 'rework', 'query', 'reject', 'recheck', 'close'] as const).map(
      (command) => [
        command,
        ({ scene, person, request }: Attempt) =>
          scene.decisions.decide(person, request.id, command, { ...nothingMore, reason }),
      ],
    ),
  ),
  generate: ({ scene, person, request }) =>
    scene.generation.generate(person, request.id, { mechanismId: scene.mechanismId, seed: null, reason }),
  endorse: (attempt) =>
    attempt.scene.decisions.decide(attempt.person, attempt.request.id, 'endorse', {
      ...nothingMore,
      reason,
      candidateHash: candidateHashOf(attempt),
      scores: { privacy: 5, quality: 4, utility: 3, bias: 2 },
      endorsement,
    }),
  approve: (attempt) =>
    attempt.scene.decisions.decide(attempt.person, attempt.request.id, 'approve', {
      ...nothingMore,
      reason,
      candidateHash: candidateHashOf(attempt),
      reviewRound: attempt.request.reviewRound,
      declaresNoConflict: mostly(attempt.random, true, mostly(attempt.random, true, false)),
      asDelegateOf: forWhom(attempt),
    }),
  'answer-membership': async ({ scene, person, request, random }) =>
    (await scene.memberships.answer(person, request.id, mostly(random, 'CONFIRMED', 'DECLINED'))) ?? request,
  declare: ({ scene, person, request }) => scene.conflicts.declare(person, request.id, reason),
  waive: ({ scene, person, request, random }) =>
    scene.waivers.waive(person, request.id, {
      checks: [mostly(random, 'univariate-similarity', 'schema-validity')],
      reason,
      expiresAt: new Date(systemClock.now().getTime() + 20 * 86_400_000),
    }),
  suspend: ({ scene, person, request }) => scene.oversight.suspend(person, request.id, reason),
  reinstate: ({ scene, person, request }) => scene.oversight.reinstate(person, request.id, reason),
  recall: ({ scene, person, request }) =>
    scene.oversight.recall(person, request.id, { reason, reasonClass: 'OTHER' }),
};

/** What the worker does in this state: the end of the job that is due. */
export const systemSteps: Readonly<Record<string, (attempt: Attempt) => Promise<void>>> = {
  GENERATING: async ({ scene, request }) => {
    const hash = randomUUID();
    await finishJob(scene, request, 'generate');
    await scene.dataSource.transaction((manager) =>
      scene.commands.carryOutAsSystem(manager, request.id, {
        command: 'generated',
        apply: async (_, current) => {
          const { id: requestId, attempt } = current;
          const fixed = {
            seed: 'walk',
            mechanismHash: 'm',
            policyHash: scene.policy.hash,
            rows: 1,
            files: [],
          };
          await manager.insert(Candidate, { requestId, attempt, hash, ...fixed, generatedAt: new Date(0) });
          current.candidateHash = hash;
          return true;
        },
      }),
    );
  },
  CHECKING: async ({ scene, request, random }) => {
    await finishJob(scene, request, 'check');
    await scene.dataSource.transaction((manager) =>
      scene.conclusion.conclude(manager, request.id, someChecks(scene, random)),
    );
  },
  APPROVED: async ({ scene, request, random }) => {
    await finishJob(scene, request, 'publish');
    if (random.uniform() < 0.1) return;
    const { id: requestId, attempt } = request;
    const candidate = await scene.dataSource.manager.findOneByOrFail(Candidate, { requestId, attempt });
    await scene.dataSource.transaction((manager) =>
      scene.publication.conclude(manager, requestId, candidate),
    );
  },
  // A re-audit of what is out, or stopped.
  PUBLISHED: ({ scene, request, random }) =>
    scene.dataSource.transaction((manager) =>
      scene.conclusion.conclude(manager, request.id, someChecks(scene, random)),
    ),
  SUSPENDED: ({ scene, request, random }) =>
    scene.dataSource.transaction((manager) =>
      scene.conclusion.conclude(manager, request.id, someChecks(scene, random)),
    ),
};

/** Mostly all that the policy wants; sometimes one is missing, and sometimes all of them are. */
function someChecks(scene: WalkScene, random: Random): { checks: Check[]; begunAt: Date } {
  const luck = random.uniform();
  const isAlike = random.uniform() >= 0.25;
  const names = Object.keys(scene.policy.thresholds.LOW?.checks ?? {});
  const checks = names.map((name) => {
    if (name === 'schema-validity') return aCheck(name, luck < 0.1 ? 'fail' : 'pass', 1);
    if (name === 'univariate-similarity' && !isAlike) return aCheck(name, 'fail', 0.5);
    return aCheck(name, 'pass', 0.9);
  });
  const missing = luck < 0.05 ? names.length : luck > 0.97 ? 1 : 0;
  return { checks: checks.slice(missing), begunAt: systemClock.now() };
}

/** The outbox holds one unfinished job of a kind; the walk does its work and takes it away. */
async function finishJob(scene: WalkScene, request: ReleaseRequest, kind: Job['kind']): Promise<void> {
  await scene.dataSource.manager.update(
    Job,
    { subjectId: request.id, kind },
    { state: 'DONE', finishedAt: new Date(0) },
  );
}
