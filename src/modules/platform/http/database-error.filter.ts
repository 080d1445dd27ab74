import { type ArgumentsHost, Catch, Inject, Injectable } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { Response } from 'express';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import type { Logger } from '../logging/logger.js';
import { refusal } from '../refusal/refusal.js';
import { RefusedError } from '../refusal/refused-error.js';
import { LOGGER } from '../tokens.js';
import { sendProblem } from './problem.js';
import { RefusedFilter } from './refused.filter.js';

/** PostgreSQL's class "data exception": a value that no column of that type takes, such as an id that is no UUID. */
const dataException = '22';

/** What the database says stays here: callers learn that a value is malformed, or that something went wrong. */
@Injectable()
@Catch(QueryFailedError)
export class DatabaseErrorFilter extends RefusedFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {
    super();
  }

  override catch(error: QueryFailedError<Error & { code?: string }>, host: ArgumentsHost): unknown {
    const { code = '' } = error.driverError;
    if (code.startsWith(dataException)) {
      const message = 'There is an id or a number among the arguments that is not well-formed.';
      return super.catch(new RefusedError(refusal('BAD_PARAMETERS', message)), host);
    }
    this.logger.error({ code, stack: error.stack }, 'a statement failed');
    const detail = 'Something went wrong on our side; the log says what.';
    if (host.getType<GqlContextType>() === 'graphql') {
      return new GraphQLError(detail, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    }
    const response = host.switchToHttp().getResponse<Response>();
    sendProblem(response, { status: 500, title: 'Internal error', detail, code: 'INTERNAL_SERVER_ERROR' });
    return undefined;
  }
}
