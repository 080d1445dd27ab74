import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReleaseRequest, RequestFollower, RequestState } from '../requests/index.js';
import { GrantCommands, type GrantStep } from './grant-commands.js';
import type { AccessGrant } from './grant.entity.js';
import { openStates } from './grant.state.js';
import { lockLiveGrants } from './live-grants.js';

const isOpen = ({ state }: AccessGrant): boolean => openStates.some((open) => open === state);

/** What becomes of the grants when something happens to their release, in the same transaction. */
@Injectable()
export class FollowReleases implements RequestFollower {
  constructor(private readonly commands: GrantCommands) {}

  async follow(manager: EntityManager, request: ReleaseRequest, from: RequestState): Promise<void> {
    const stepFor = stepsFor(request.state, from);
    if (!stepFor || request.tier !== 'HIGH') return;
    const [release] = await manager.query<{ id: string }[]>('SELECT id FROM release WHERE request_id = $1', [
      request.id,
    ]);
    if (!release) return;
    for (const grant of await lockLiveGrants(manager, { releaseId: release.id })) {
      const step = stepFor(grant);
      if (step) await this.commands.carryOutAsSystem(manager, grant, step);
    }
  }
}

type StepFor = (grant: AccessGrant) => GrantStep | null;

function stepsFor(to: RequestState, from: RequestState): StepFor | null {
  if (to === 'SUSPENDED') return suspendWithRelease;
  if (to === 'PUBLISHED' && from === 'SUSPENDED') return resumeWithRelease;
  if (to === 'REVOKED') return endBy('revoke', to);
  return to === 'EXPIRED' || to === 'SUPERSEDED' ? endBy('expire', to) : null;
}

const suspendWithRelease: StepFor = ({ state }) =>
  state === 'ACTIVE'
    ? {
        command: 'suspend',
        apply: (_, grant) => {
          grant.suspensionCause = 'RELEASE';
        },
        details: { cause: 'RELEASE' },
      }
    : null;

const resumeWithRelease: StepFor = ({ suspensionCause }) =>
  suspensionCause === 'RELEASE' ? { command: 'resume', details: { cause: 'RELEASE' } } : null;

const endBy =
  (command: 'revoke' | 'expire', release: RequestState): StepFor =>
  (grant) =>
    isOpen(grant)
      ? {
          command: 'lapse',
          apply: (_, application) => {
            application.declineReason = 'RELEASE_ENDED';
          },
          details: { reason: 'RELEASE_ENDED' },
        }
      : { command, details: { release } };
