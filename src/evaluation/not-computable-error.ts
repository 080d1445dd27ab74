/** A figure does not exist for this candidate. The message is shown to people, so it holds no source value. */
export class NotComputableError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotComputableError';
  }
}
