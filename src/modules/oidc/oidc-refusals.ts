import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import { SignInLimits } from '../identity/index.js';
import { type Refusal, refusal } from '../platform/index.js';

const tooMany = refusal(
  'RATE_LIMITED',
  'Too many sign-ins from your address failed; try again in 5 minutes.',
);
/** Beginning, coming back, and fetching the session. */
const stepsOfASignIn = 3;

/** Every step counts by address until the sign-in succeeds, so what is recorded of refusals is bounded too. */
@Injectable()
export class OidcRefusals {
  constructor(
    private readonly limits: SignInLimits,
    private readonly audit: AuditService,
  ) {}

  async admit(address: string): Promise<Refusal | null> {
    const admission = await this.limits.admitAddress(address);
    if (admission === 'admitted') return null;
    if (admission === 'refused for the first time') await this.record('address', tooMany, { address });
    return tooMany;
  }

  forgive(address: string): Promise<void> {
    return this.limits.forgive(address, stepsOfASignIn);
  }

  /** `at` is the step or the thing that was wrong. */
  async record(at: string, refused: Refusal, details: object = {}): Promise<Refusal> {
    await this.audit.recordAlone({
      actor: 'anonymous',
      action: 'sign-in',
      subjectType: 'Person',
      subjectId: null,
      refusal: refused,
      details: { method: 'oidc', at, ...details },
    });
    return refused;
  }
}
