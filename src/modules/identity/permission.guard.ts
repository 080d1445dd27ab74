import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuditService } from '../audit/index.js';
import {
  type Permission,
  permissionKey,
  type Refusal,
  refusal,
  RefusedError,
  UnauthenticatedError,
} from '../platform/index.js';
import type { Actor } from './actor.js';
import { BearerTokens } from './bearer-tokens.js';
import { httpRequestOf } from './caller.js';
import { isDecision } from './decision-actions.rules.js';
import { RequestLimits } from './request-limits.js';

const bearer = /^Bearer ([A-Za-z0-9_-]+)$/;

/** The one door: every handler of both protocols comes through here, and one without a permission stays shut. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: BearerTokens,
    private readonly audit: AuditService,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = `${context.getClass().name}.${context.getHandler().name}`;
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(permissionKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!permission) throw new RefusedError(refusal('NOT_PERMITTED', `${handler} declares no permission.`));
    if (permission.kind === 'public') return true;
    const request = httpRequestOf(context);
    const token = bearer.exec(request.headers.authorization ?? '')?.[1];
    const actor = token === undefined ? null : await this.tokens.actorOf(token);
    if (!actor) throw new UnauthenticatedError();
    request.actor = actor;
    await this.requireModeration(actor);
    const refused = refuseAtDoor(actor, permission);
    if (!refused) return true;
    const [action, subjectType] =
      permission.kind === 'can' ? [permission.action, permission.subject] : [handler, 'Person'];
    await this.audit.recordAlone({ actor, action, subjectType, subjectId: null, refusal: refused });
    throw new RefusedError(refused);
  }

  /** On record once a minute: the record is not to be flooded either. */
  private async requireModeration(actor: Actor): Promise<void> {
    const admission = this.limits.admit(actor.id);
    if (admission === 'admitted') return;
    const refused = refusal('RATE_LIMITED', 'Your account asks too much; try again in a minute.');
    if (admission === 'refused for the first time') {
      const about = { subjectType: 'Person', subjectId: actor.id, refusal: refused };
      await this.audit.recordAlone({ actor, action: 'call', ...about });
    }
    throw new RefusedError(refused);
  }
}

function refuseAtDoor(actor: Actor, permission: Permission): Refusal | null {
  // What every person may do has no pair of action and subject, so no token has a scope for it.
  if (permission.kind !== 'can') {
    return actor.isToken
      ? refusal('NOT_PERMITTED', 'This is for people who signed in, not for tokens.')
      : null;
  }
  const { action, subject } = permission;
  if (actor.mayEver(action, subject)) return null;
  return refusal(
    'NOT_PERMITTED',
    actor.isToken
      ? isDecision(action, subject)
        ? 'This is decided by people who signed in; no scope of this token covers it.'
        : `This token is not for "${action} ${subject}".`
      : `Your roles do not let you ${action} any ${subject.toLowerCase()}.`,
  );
}
