import type { EntityManager } from 'typeorm';
import { Source } from './source.entity.js';

/** From 1. Two registrations of the same name wait for each other here, so that versions are counted without gaps. */
export async function nextVersion(manager: EntityManager, name: string): Promise<number> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`picketfence-source-${name}`]);
  return (await manager.countBy(Source, { name })) + 1;
}
