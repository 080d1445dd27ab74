interface EventFacts {
  readonly subjectType: string;
  readonly subjectId: string | null;
  readonly outcome: 'done' | 'refused';
  readonly details: object;
}

interface StateChange {
  readonly requestId: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What an event did to the state of a request; null when it left the request where it was. An approval that is not
 * the last one is such a step: that it was given must not show while others still have to decide.
 */
export function stateChangeOf({ subjectType, subjectId, outcome, details }: EventFacts): StateChange | null {
  if (subjectType !== 'Request' || subjectId === null || outcome !== 'done') return null;
  const { from, to } = details as { readonly from?: unknown; readonly to?: unknown };
  if (typeof from !== 'string' || typeof to !== 'string' || from === to) return null;
  return { requestId: subjectId, from, to };
}
