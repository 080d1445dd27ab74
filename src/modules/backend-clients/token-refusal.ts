type TokenErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';

/** Why no token is given (RFC 6749, 5.2). */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';

  constructor(
    readonly code: TokenErrorCode,
    description: string,
    readonly status: 400 | 401 | 413 | 429 = code === 'invalid_client' ? 401 : 400,
  ) {
    super(description);
  }
}
