import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { ArgumentLimits } from './graphql-arguments.js';
import { QueryMeasure } from './graphql-measure.js';

/** Counted while the text is read, so that nothing longer is ever validated. */
export const queryTokensMax = 2000;

/** The largest query of the console is far below each of these. */
const limits = { depth: 12, aliases: 20, rootFields: 20, signIns: 1, cost: 20_000 } as const;

/**
 * Refuses a query that is valid but asks for too much. It runs after validation, so fragments are without cycles, and
 * before the first resolver, with the variables at hand.
 */
export const graphqlLimits: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve<GraphQLRequestListener<object>>({
      didResolveOperation: ({ document, operation, schema, request }) => {
        if (!operation) return Promise.resolve();
        const measured = new QueryMeasure(schema, document, request.variables ?? {}).of(operation);
        for (const [limit, max] of Object.entries(limits)) {
          if (measured[limit as keyof typeof limits] > max) throw tooMuch(limit, max);
        }
        const argumentLimits = new ArgumentLimits();
        const exceeded = argumentLimits.exceededBy(request.variables) ?? argumentLimits.exceededIn(document);
        if (exceeded) throw tooMuch(exceeded.limit, exceeded.max);
        return Promise.resolve();
      },
    }),
};

function tooMuch(limit: string, max: number): GraphQLError {
  return new GraphQLError(`The query asks for too much: ${limit} is limited to ${max}.`, {
    extensions: { code: 'QUERY_TOO_LARGE', limit, max, http: { status: 400 } },
  });
}
