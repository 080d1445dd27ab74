import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { Response } from 'express';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { RefusalType } from '../refusal/refusal.type.js';
import { RefusedError } from '../refusal/refused-error.js';
import { UnauthenticatedError } from '../refusal/unauthenticated-error.js';
import type { RefusalCode } from '../refusal/refusal.js';
import { sendProblem } from './problem.js';

/** Of RFC 9110; a code that is not here is a conflict with the state of the thing (409). */
const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  NOT_FOUND: 404,
  NOT_PERMITTED: 403,
  NO_GRANT: 403,
  GRANT_ENDED: 403,
  PERSON_BLOCKED: 403,
  TRAINING_NOT_VALID: 403,
  LICENCE_NOT_ACCEPTED: 403,
  LINK_NEEDED: 403,
  LINK_SPENT: 410,
};

/**
 * Brings refusals to the caller in the protocol's own words: a mutation returns them as a member of its union, a
 * query answers with an error, HTTP with problem details.
 */
@Catch(RefusedError, UnauthenticatedError)
export class RefusedFilter implements ExceptionFilter {
  catch(error: RefusedError | UnauthenticatedError, host: ArgumentsHost): unknown {
    if (host.getType<GqlContextType>() === 'graphql') {
      return answerGraphql(error, host.getArgByIndex<GraphQLResolveInfo>(3));
    }
    answerHttp(error, host.switchToHttp().getResponse<Response>());
    return undefined;
  }
}

function answerGraphql(error: RefusedError | UnauthenticatedError, info: GraphQLResolveInfo): unknown {
  if (error instanceof UnauthenticatedError) {
    return new GraphQLError(error.message, { extensions: { code: 'UNAUTHENTICATED' } });
  }
  if (info.parentType.name === 'Mutation') return new RefusalType(error.refusal);
  const { code, place } = error.refusal;
  return new GraphQLError(error.message, { extensions: place === undefined ? { code } : { code, place } });
}

function answerHttp(error: RefusedError | UnauthenticatedError, response: Response): void {
  if (error instanceof UnauthenticatedError) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    sendProblem(response, {
      status: 401,
      title: 'Unauthorized',
      detail: error.message,
      code: 'UNAUTHENTICATED',
    });
    return;
  }
  const { code } = error.refusal;
  const status = statuses[code] ?? 409;
  sendProblem(response, { status, title: 'Refused', detail: error.message, code });
}
