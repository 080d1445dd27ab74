import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
} from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { Logger } from '../logging/logger.js';
import { LOGGER } from '../tokens.js';
import { clientAddress } from './client-address.js';
import { DOOR_OBSERVER, type DoorObserver } from './door-observer.js';
import { type Problem, sendProblem } from './problem.js';

type Words = Omit<Problem, 'status'>;

const words: Readonly<Record<number, Words>> = {
  400: {
    title: 'Bad request',
    detail: 'The address or the body is not well-formed.',
    code: 'BAD_REQUEST',
  },
  404: { title: 'Not found', detail: 'Nothing here answers this method at this address.', code: 'NOT_FOUND' },
  413: { title: 'Too large', detail: 'The body is larger than is accepted here.', code: 'TOO_LARGE' },
  415: {
    title: 'Unsupported media type',
    detail: 'The body comes in a form or a character set that is not accepted here.',
    code: 'MEDIA_TYPE',
  },
  500: {
    title: 'Internal error',
    detail: 'Something went wrong on our side; the log says what.',
    code: 'INTERNAL_SERVER_ERROR',
  },
};
const tooLarge = 413;
const otherRefusal: Words = { title: 'Refused', detail: 'The request was refused.', code: 'BAD_REQUEST' };

/** Whatever no other filter knows: HTTP callers get problem details in our words, never in a library's. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(DOOR_OBSERVER) private readonly observer: DoorObserver,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    // GraphQL's own errors are made fit for callers where all of them pass (graphqlErrorFormat).
    if (host.getType<GqlContextType>() === 'graphql') return error;
    const status = statusOf(error);
    if (status >= 500) {
      this.logger.error({ stack: error instanceof Error ? error.stack : String(error) }, 'a request failed');
    }
    const answer = words[status] ?? otherRefusal;
    if (status === tooLarge) {
      const request = host.switchToHttp().getRequest<Request>();
      this.observer.turnedAway('body', clientAddress(request), answer.detail);
    }
    sendProblem(host.switchToHttp().getResponse<Response>(), { status, ...answer });
    return undefined;
  }
}

/** The body parser's errors carry the status they stand for. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
