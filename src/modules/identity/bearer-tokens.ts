import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';
import { apiTokenStart, ApiTokensService } from './api-tokens.service.js';
import { SessionsService } from './sessions.service.js';

type Reader = (token: string) => Promise<Actor | null>;

/** Whose a bearer token is. Kinds of tokens are told by how they begin; what begins like none is a session. */
@Injectable()
export class BearerTokens {
  private readonly readers = new Map<string, Reader>();

  constructor(
    private readonly sessions: SessionsService,
    tokens: ApiTokensService,
  ) {
    this.add(apiTokenStart, (token) => tokens.actorOf(token));
  }

  /** @throws {Error} when tokens of another kind begin so */
  add(start: string, reader: Reader): void {
    if ([...this.readers.keys()].some((other) => other.startsWith(start) || start.startsWith(other)))
      throw new Error(`Tokens of another kind begin with "${start}".`);
    this.readers.set(start, reader);
  }

  /** Null when it opens nothing (any longer). */
  actorOf(token: string): Promise<Actor | null> {
    const found = [...this.readers].find(([start]) => token.startsWith(start));
    return found ? found[1](token) : this.sessions.actorOf(token);
  }
}
