import type { Response } from 'express';

/** RFC 9457 problem details, the error body of everything that is not GraphQL. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  /** Where the trouble is, such as { line: 3, column: 2 }. */
  readonly place?: Readonly<Record<string, unknown>>;
}

export function sendProblem(response: Response, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', ...problem }));
}
