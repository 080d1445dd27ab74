import type { Actor } from '../identity/index.js';
import type { Release } from './release.entity.js';

/**
 * Do the roles open this release? Of tier HIGH it is the grant that does, and nothing else: neither who asked for the
 * release nor who oversees it gets in by role.
 */
export function isOpenByRole(actor: Actor, action: 'read' | 'download', release: Release): boolean {
  return release.tier === 'HIGH' ? actor.mayEver(action, 'Release') : actor.refuse(action, release) === null;
}
