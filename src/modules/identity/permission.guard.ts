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
import { httpRequestOf } from './caller.js';
import { SessionsService } from './sessions.service.js';

const bearer = /^Bearer ([A-Za-z0-9_-]+)$/;

/** The one door: every handler of both protocols comes through here, and one without a permission stays shut. */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
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
    const actor = token === undefined ? null : await this.sessions.actorOf(token);
    if (!actor) throw new UnauthenticatedError();
    request.actor = actor;
    if (permission.kind === 'can' && !actor.mayEver(permission.action, permission.subject)) {
      throw new RefusedError(await this.refuse(actor, permission));
    }
    return true;
  }

  private async refuse(actor: Actor, permission: Permission & { kind: 'can' }): Promise<Refusal> {
    const { action, subject } = permission;
    const refused = refusal(
      'NOT_PERMITTED',
      `Your roles do not let you ${action} any ${subject.toLowerCase()}.`,
    );
    await this.audit.recordAlone({ actor, action, subjectType: subject, subjectId: null, refusal: refused });
    return refused;
  }
}
