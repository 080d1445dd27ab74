import { type EntityManager, IsNull } from 'typeorm';
import { ApiToken } from './api-token.entity.js';
import { SignInSession } from './session.entity.js';

/** Nothing that the person holds opens anything from now on. */
export async function endSignIns(manager: EntityManager, personId: string, at: Date): Promise<void> {
  const open = { personId, revokedAt: IsNull() };
  await manager.update(SignInSession, open, { revokedAt: at });
  await manager.update(ApiToken, open, { revokedAt: at });
}
