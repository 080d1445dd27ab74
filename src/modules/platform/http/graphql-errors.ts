import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from '../logging/logger.js';

const internal = 'INTERNAL_SERVER_ERROR';
const internalMessage = 'Something went wrong on our side; the log says what.';

/** What was not meant for callers (a stack, SQL, a path, a library's words) goes to the log; they get a code. */
export function graphqlErrorFormat(
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { code } = formatted.extensions ?? {};
    if (typeof code === 'string' && code !== internal) return formatted;
    const cause = unwrapResolverError(error);
    logger.error({ stack: cause instanceof Error ? cause.stack : String(cause) }, 'a GraphQL request failed');
    const { path } = formatted;
    return { message: internalMessage, extensions: { code: internal }, ...(path ? { path } : {}) };
  };
}
