/** What a notification may say of its subject: a reference and a state, never a verdict, a reason, a count or a name. */
export interface NotificationFacts {
  /** For people to speak of it, such as PF-0012. */
  readonly reference: string;
}

const texts = {
  'to-agree': 'waits for the agreement of the audit team.',
  'on-team':
    'names you as somebody who works with the requester, so you decide nothing on it; tell the audit team if that is wrong.',
  agreed: 'was agreed to by the audit team.',
  'to-generate': 'waits for a candidate to be generated.',
  returned: 'was returned to you: read why, change it and submit it again.',
  declined: 'was turned down by the audit team.',
  blocked: 'is blocked: checks of its candidate failed.',
  'to-evaluate': 'waits for an evaluator.',
  'to-approve': 'waits for the decision of information governance.',
  approved: 'was approved; its release is being published.',
  rejected: 'was rejected by information governance.',
  closed: 'was closed by the audit team; its candidate is destroyed.',
  published: 'is published: you can download the release.',
  suspended: 'is suspended: its release is not given out until that is resolved.',
  reinstated: 'is reinstated: its release is given out again.',
  recalled: 'is recalled: its release is not given out any more.',
  destroy:
    'is recalled, and you have files of its release: destroy every copy of them, and confirm that you did (confirmDestruction).',
  'destroy-ended':
    'had ended and is taken back, and you have files of its release: destroy every copy of them, and confirm that you did (confirmDestruction).',
  'taken-back': 'had ended and is taken back: whoever has files of its release is asked to destroy them.',
  'destroy-reminder':
    'is taken back, and you have not yet confirmed that you destroyed the files of its release (confirmDestruction).',
  'destruction-overdue':
    'is taken back, and a person who has files of its release has not confirmed in time.',
  expired: 'has expired: its release is not given out any more.',
  superseded: 'is superseded by a newer release.',
  incident: 'has a reported incident that waits to be looked at.',
  'regulator-reminder':
    'has an open incident, and the time to tell the regulator of it ends soon: decide whether it has to be told.',
  'regulator-overdue':
    'has an open incident, and the time to tell the regulator of it is over: tell it now, with the reason, or close the incident.',
  'mechanism-to-review': 'waits for the review of the audit team.',
  'mechanism-to-approve': 'waits for the approval of information governance.',
  frozen: 'is in force: until two people end it nothing is generated, published or given out.',
  'to-thaw': 'waits for the second of the two people who end it.',
  thawed: 'is over: what it kept from being generated, published or given out can be asked for again.',
  'break-glass':
    'was opened with a password though its roles decide, past the identity provider: disable it if nobody expected that.',
  reminder: 'still waits for you, or for somebody with your role.',
  overdue: 'is overdue: it waits for you, or for somebody with your role.',
} as const;

export type NotificationTopic = keyof typeof texts;

/** One sentence. */
export function notificationText(topic: NotificationTopic, { reference }: NotificationFacts): string {
  return `${reference} ${texts[topic]}`;
}

export const notificationTopics = Object.keys(texts) as NotificationTopic[];
