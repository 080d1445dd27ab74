import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { Request as HttpRequest } from 'express';
import type { Actor } from './actor.js';

export interface RequestWithActor extends HttpRequest {
  actor?: Actor;
}

export function httpRequestOf(context: ExecutionContext): RequestWithActor {
  if (context.getType<GqlContextType>() === 'graphql') {
    return GqlExecutionContext.create(context).getContext<{ req: RequestWithActor }>().req;
  }
  return context.switchToHttp().getRequest<RequestWithActor>();
}

/** The person who calls; the guard has made sure there is one. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = httpRequestOf(context);
  if (!actor) throw new Error('A public handler has no caller.');
  return actor;
});
