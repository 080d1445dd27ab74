import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import { Inject } from '@nestjs/common';
import type { Request } from 'express';
import type { GraphQLError } from 'graphql';
import { clientAddress } from './client-address.js';
import { DOOR_OBSERVER, type DoorObserver } from './door-observer.js';

/** How graphql-js refuses a document with too many tokens: without a code of its own. */
const tooManyTokens = /more that \d+ tokens/;

interface Context {
  readonly req: Request;
}

/** Tells of queries that were refused because they ask for too much; a query that is merely wrong is nobody's business. */
@Plugin()
export class RefusedQueries implements ApolloServerPlugin<Context> {
  constructor(@Inject(DOOR_OBSERVER) private readonly observer: DoorObserver) {}

  requestDidStart(): Promise<GraphQLRequestListener<Context>> {
    return Promise.resolve({
      didEncounterErrors: ({ errors, contextValue }) => {
        const refused = errors.find(asksForTooMuch);
        if (refused) this.observer.turnedAway('query', clientAddress(contextValue.req), refused.message);
        return Promise.resolve();
      },
    });
  }
}

const asksForTooMuch = ({ message, extensions }: GraphQLError): boolean =>
  extensions['code'] === 'QUERY_TOO_LARGE' || tooManyTokens.test(message);
