import { type EntityManager, IsNull } from 'typeorm';
import { ApiToken } from './api-token.entity.js';
import { SignInSession } from './session.entity.js';

/** Nothing that the person holds opens anything from now on. */
export async function endSignIns(manager: EntityManager, personId: string, at: Date): Promise<void> {
  const open = { personId, revokedAt: IsNull() };
  await manager.update(SignInSession, open, { revokedAt: at });
  await manager.update(ApiToken, open, { revokedAt: at });
  await manager.query(
    'UPDATE backend_client SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL',
    [personId, at],
  );
}
