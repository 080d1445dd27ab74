import type { EntityManager } from 'typeorm';
import type { CommandStep } from './request-commands.js';
import { beginRound, markSuspended, voidChecks } from './request.entity.js';

/** Stops a release for a reason that no person gave. */
export function suspensionBySystem(reason: string, at: Date): CommandStep {
  return {
    command: 'suspend',
    details: { reason },
    apply: (_, request) => {
      markSuspended(request, null, at);
      return Promise.resolve(true);
    },
  };
}

/** Takes an approved request back to information governance, whose approvals are void. */
export function turnedBack(details: object): CommandStep {
  return {
    command: 'stale',
    details,
    apply: (_, request) => {
      beginRound(request);
      return Promise.resolve(true);
    },
  };
}

/**
 * Has the candidate checked anew: what was said of it is void, and its waivers hang on the checks that they waived.
 * `queue` puts the check into the outbox.
 */
export function checkedAnew(
  details: object,
  queue: (manager: EntityManager, requestId: string) => Promise<unknown>,
): CommandStep {
  return {
    command: 'recheck',
    details,
    apply: async (manager, request) => {
      voidChecks(request);
      await queue(manager, request.id);
      return true;
    },
  };
}
