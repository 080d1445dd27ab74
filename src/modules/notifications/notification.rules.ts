import type { NotificationTopic } from './notification-texts.rules.js';

/** Whom an event concerns. */
export type Audience =
  /** The requester, operator or evaluator of the request. */
  | { readonly kind: 'part'; readonly part: 'requester' | 'operator' | 'evaluator' }
  /** The people who work with the requester. */
  | { readonly kind: 'team' }
  /** Everybody who may give one of these commands to the request now, by role and by the rules about persons. */
  | { readonly kind: 'able'; readonly commands: readonly string[] }
  /** Everybody who may give the command that the state of the request waits for. */
  | { readonly kind: 'next' }
  /** Everybody whose role allows it, whatever the state. */
  | { readonly kind: 'permitted'; readonly action: string }
  /** Everybody who has downloaded a file of the release. */
  | { readonly kind: 'downloaders' }
  /** Everybody with an account that is open. */
  | { readonly kind: 'everybody' }
  /** The downloader the event is about. */
  | { readonly kind: 'downloader' };

type Threshold = 'reminder' | 'overdue';

export interface NotificationRule {
  /** Of the audit event. */
  readonly action: string;
  readonly subjectType: 'Request' | 'Release' | 'Incident' | 'Mechanism' | 'Person' | 'Freeze';
  /** Only of a reminder of this kind. */
  readonly threshold?: Threshold;
  readonly audience: Audience;
  readonly topic: NotificationTopic;
}

const requester: Audience = { kind: 'part', part: 'requester' };
const operator: Audience = { kind: 'part', part: 'operator' };
const evaluator: Audience = { kind: 'part', part: 'evaluator' };
const team: Audience = { kind: 'team' };
const downloaders: Audience = { kind: 'downloaders' };
const downloader: Audience = { kind: 'downloader' };
const everybody: Audience = { kind: 'everybody' };
const next: Audience = { kind: 'next' };
const able = (...commands: string[]): Audience => ({ kind: 'able', commands });
const permitted = (action: string): Audience => ({ kind: 'permitted', action });

type Row = readonly [audience: Audience, topic: NotificationTopic];

const of = (
  subjectType: NotificationRule['subjectType'],
  action: string,
  ...rows: readonly Row[]
): NotificationRule[] => rows.map(([audience, topic]) => ({ subjectType, action, audience, topic }));
const onRequest = (command: string, ...rows: readonly Row[]): NotificationRule[] =>
  of('Request', `${command}-request`, ...rows);
const reminding = (threshold: Threshold, rules: readonly NotificationRule[]): NotificationRule[] =>
  rules.map((rule) => ({ ...rule, threshold }));

/** Who gets what. Of two rows that reach the same person the first counts; nobody is told what they did themselves. */
export const notificationRules: readonly NotificationRule[] = [
  ...onRequest('submit', [able('agree'), 'to-agree'], [team, 'on-team']),
  ...onRequest('resubmit', [able('agree'), 'to-agree'], [team, 'on-team']),
  ...onRequest('agree', [requester, 'agreed'], [able('generate'), 'to-generate']),
  ...onRequest('return', [requester, 'returned']),
  ...onRequest('decline', [requester, 'declined']),
  ...onRequest('generation-failed', [able('generate'), 'to-generate']),
  ...onRequest('rework', [able('generate'), 'to-generate']),
  ...onRequest('checks-failed', [able('waive', 'rework'), 'blocked']),
  ...onRequest('checks-complete', [able('endorse'), 'to-evaluate']),
  ...onRequest('waive', [able('endorse'), 'to-evaluate']),
  ...onRequest('query', [able('endorse'), 'to-evaluate']),
  ...onRequest('endorse', [able('approve'), 'to-approve']),
  ...onRequest('stale', [able('approve'), 'to-approve']),
  ...onRequest('approve', [requester, 'approved']),
  ...onRequest('reject', [requester, 'rejected'], [operator, 'rejected'], [evaluator, 'rejected']),
  ...onRequest('close', [requester, 'closed']),
  ...onRequest('publish', [requester, 'published']),
  ...onRequest(
    'suspend',
    [downloaders, 'suspended'],
    [requester, 'suspended'],
    [able('reinstate'), 'suspended'],
  ),
  ...onRequest('reinstate', [downloaders, 'reinstated'], [requester, 'reinstated']),
  ...onRequest('recall', [downloaders, 'destroy'], [requester, 'recalled']),
  ...onRequest('expire', [downloaders, 'expired'], [requester, 'expired']),
  ...onRequest('supersede', [downloaders, 'superseded'], [requester, 'superseded']),
  ...of('Release', 'ask-for-destruction', [downloaders, 'destroy-ended'], [requester, 'taken-back']),
  ...of('Incident', 'report-incident', [permitted('triage'), 'incident']),
  ...of('Mechanism', 'submit-mechanism', [permitted('review'), 'mechanism-to-review']),
  ...of('Mechanism', 'review-mechanism', [permitted('approve'), 'mechanism-to-approve']),
  ...of('Mechanism', 'review-due-mechanism', [permitted('approve'), 'mechanism-to-approve']),
  ...of('Mechanism', 'reinstate-mechanism', [permitted('approve'), 'mechanism-to-approve']),
  ...of('Freeze', 'freeze-all', [everybody, 'frozen']),
  ...of('Freeze', 'ask-for-thaw', [permitted('thaw'), 'to-thaw']),
  ...of('Freeze', 'thaw-all', [everybody, 'thawed']),
  ...of('Person', 'break-glass', [permitted('disable'), 'break-glass']),
  ...reminding('reminder', onRequest('remind', [next, 'reminder'])),
  ...reminding('overdue', onRequest('remind', [next, 'overdue'])),
  ...reminding('reminder', of('Incident', 'remind-incident', [permitted('triage'), 'regulator-reminder'])),
  ...reminding('overdue', of('Incident', 'remind-incident', [permitted('triage'), 'regulator-overdue'])),
  ...reminding('reminder', of('Release', 'remind-destruction', [downloader, 'destroy-reminder'])),
  ...reminding(
    'overdue',
    of(
      'Release',
      'remind-destruction',
      [downloader, 'destroy-reminder'],
      [permitted('recall'), 'destruction-overdue'],
    ),
  ),
];

/** What the people of a state do next. */
export const nextCommands: Readonly<Partial<Record<string, readonly string[]>>> = {
  SUBMITTED: ['agree'],
  AGREED: ['generate'],
  BLOCKED: ['waive', 'rework'],
  EVALUATING: ['endorse'],
  IG_REVIEW: ['approve'],
  APPROVED: ['publish'],
};

interface NotifiableEvent {
  readonly action: string;
  readonly subjectType: string;
  readonly outcome: 'done' | 'refused';
  readonly details: object;
}

/**
 * The rules that an event meets. A command that leaves a request in its state meets none: that one of several
 * approvals was given is hidden from those who still have to decide, so nobody may be told of it.
 */
export function rulesFor(event: NotifiableEvent): NotificationRule[] {
  if (event.outcome === 'refused') return [];
  const { from, to, threshold } = event.details as Readonly<Record<string, unknown>>;
  return notificationRules.filter((rule) => {
    if (rule.action !== event.action || rule.subjectType !== event.subjectType) return false;
    if (rule.threshold !== undefined) return rule.threshold === threshold;
    return rule.subjectType !== 'Request' || from !== to;
  });
}

/** Each person once, by the first rule that reaches them; `actorId` is whoever did it. */
export function addresseesOf<Rule extends NotificationRule>(
  reached: readonly { readonly rule: Rule; readonly personIds: readonly string[] }[],
  actorId: string | null,
): Map<string, Rule> {
  const addressees = new Map<string, Rule>();
  for (const { rule, personIds } of reached) {
    for (const id of personIds) if (id !== actorId && !addressees.has(id)) addressees.set(id, rule);
  }
  return addressees;
}

/** They have the files, so they are reached whatever they may read now, and when their account is closed. */
export const holdsFiles = ({ kind }: Audience): boolean => kind === 'downloaders' || kind === 'downloader';
