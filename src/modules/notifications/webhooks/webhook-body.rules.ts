interface Told {
  readonly topic: string;
  readonly eventSequence: string;
  readonly subjectId: string;
  readonly createdAt: Date;
  readonly facts: { readonly from: string | null; readonly to: string | null };
}

/** Ids and states, never a word of a request, a name or a verdict. The same bytes at each delivery. */
export function webhookBody({ topic, eventSequence, subjectId, createdAt, facts }: Told): string {
  return JSON.stringify({
    type: topic,
    timestamp: createdAt.toISOString(),
    data: { requestId: subjectId, from: facts.from, to: facts.to, auditEvent: eventSequence },
  });
}
