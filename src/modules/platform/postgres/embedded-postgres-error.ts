/** Says in a sentence why the embedded PostgreSQL cannot be used, and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: 'IN_USE' | 'UNSUPPORTED' | 'FAILED',
    message: string,
  ) {
    super(message);
  }
}
