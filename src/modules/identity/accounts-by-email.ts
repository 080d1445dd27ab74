import type { EntityManager } from 'typeorm';
import { normalEmail } from '../../core/text/email-address.js';
import { Person } from './person.entity.js';

/**
 * Whoever has this address, or one that differs from it by case or "+anything" only; their account may be disabled: it
 * is the same human. Others who ask for the same address wait for the end of the transaction.
 */
export async function findByEmail(manager: EntityManager, email: string): Promise<Person | null> {
  const normal = normalEmail(email);
  await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-email ' || $1))", [normal]);
  return manager
    .createQueryBuilder(Person, 'person')
    .where('normal_email(person.email) = :normal', { normal })
    .getOne();
}
