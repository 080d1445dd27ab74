import { Module } from '@nestjs/common';
import { RequestCommandsModule } from '../requests/index.js';
import { CheckStaleCandidates, VoidStaleApprovals } from './freshness.sweeps.js';
import { ExpireReleases, MarkMechanismsDue } from './lifecycle.sweeps.js';
import { AuditReleasesAgain, StopUnwaivedReleases } from './reaudit.sweeps.js';
import { AgreeByStandingApproval, ApproveByStandingApproval } from './standing-approval.sweeps.js';

/** What the clock does to requests, releases and mechanisms. */
export const lifecycleSweeps = [
  ExpireReleases,
  VoidStaleApprovals,
  CheckStaleCandidates,
  AuditReleasesAgain,
  StopUnwaivedReleases,
  MarkMechanismsDue,
  AgreeByStandingApproval,
  ApproveByStandingApproval,
];

/** For the worker. */
@Module({ imports: [RequestCommandsModule], providers: lifecycleSweeps, exports: lifecycleSweeps })
export class LifecycleModule {}
