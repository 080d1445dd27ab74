import { type DynamicModule, Module } from '@nestjs/common';
import { AccessJobsModule, grantSweeps, GrantsModule, ReferJob, RemindJob } from './modules/access/index.js';
import { AuditHeadsModule, AuditModule, SignAuditHead } from './modules/audit/index.js';
import { DeliverReleaseJob, DeliveryJobsModule } from './modules/deliveries/index.js';
import { CheckCandidateJob, EvaluationJobsModule } from './modules/evaluations/index.js';
import { EvidenceReportJobsModule, MakeEvidenceReportJob } from './modules/evidence-reports/index.js';
import {
  DestroyCandidateJob,
  DestroyLeftovers,
  GenerateCandidateJob,
  GenerationJobsModule,
} from './modules/generation/index.js';
import { LifecycleModule, lifecycleSweeps } from './modules/lifecycle/index.js';
import { FitModelJob, ModelJobsModule } from './modules/models/index.js';
import {
  DeliverNotificationJob,
  NotificationJobsModule,
  NotificationOutboxModule,
  RetryNotifications,
} from './modules/notifications/index.js';
import {
  type Config,
  DatabaseModule,
  JOB_HANDLERS,
  type JobHandler,
  type Logger,
  ObjectsModule,
  PlatformModule,
  type Sweep,
  SWEEPS,
} from './modules/platform/index.js';
import { PolicyModule } from './modules/policy/index.js';
import { BuildProfileJob, ProfileJobsModule } from './modules/profiles/index.js';
import { QuestionsModule } from './modules/questions/index.js';
import { PublishReleaseJob, ReleaseJobsModule } from './modules/releases/index.js';
import { ReminderSweepsModule, reminderSweeps } from './modules/reminders/index.js';
import { InspectUploadJob, SourceJobsModule } from './modules/sources/index.js';

/** Every kind of work there is. */
const jobs = [
  InspectUploadJob,
  BuildProfileJob,
  FitModelJob,
  GenerateCandidateJob,
  CheckCandidateJob,
  MakeEvidenceReportJob,
  PublishReleaseJob,
  DeliverReleaseJob,
  DestroyCandidateJob,
  ReferJob,
  RemindJob,
  DeliverNotificationJob,
];

/** The queue process: the only one that is given the real zone and the quarantine. */
@Module({})
export class WorkerModule {
  static forWorker(config: Config, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forProcess(config, logger),
        DatabaseModule.forUrl(config.database.appUrl ?? ''),
        ObjectsModule.forWorker(config),
        PolicyModule,
        NotificationOutboxModule,
        QuestionsModule,
        AuditModule,
        AuditHeadsModule,
        GrantsModule,
        SourceJobsModule,
        ProfileJobsModule,
        ModelJobsModule,
        GenerationJobsModule,
        EvaluationJobsModule,
        EvidenceReportJobsModule,
        ReleaseJobsModule,
        DeliveryJobsModule,
        LifecycleModule,
        AccessJobsModule,
        NotificationJobsModule,
        ReminderSweepsModule,
      ],
      providers: [
        {
          provide: SWEEPS,
          inject: [
            ...[...lifecycleSweeps, ...grantSweeps, ...reminderSweeps],
            ...[RetryNotifications, SignAuditHead, DestroyLeftovers],
          ],
          useFactory: (...all: Sweep[]) => all,
        },
        { provide: JOB_HANDLERS, inject: jobs, useFactory: (...handlers: JobHandler[]) => handlers },
      ],
    };
  }
}
