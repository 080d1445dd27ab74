/** Nobody is signed in, or no longer. */
export class UnauthenticatedError extends Error {
  constructor() {
    super('Sign in first: no valid token came with the request.');
    this.name = 'UnauthenticatedError';
  }
}
