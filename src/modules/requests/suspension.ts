import type { CommandStep } from './request-commands.js';
import { markSuspended } from './request.entity.js';

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
