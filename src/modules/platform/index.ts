export { type Config, loadConfig, type OidcConfig } from './config/config.js';
export { packageRoot } from './config/package-root.js';
export { DatabaseModule } from './database/database.module.js';
export { requireLeastPrivilege } from './database/least-privilege.js';
export { migrateDatabase } from './database/migrate.js';
export { Transactions } from './database/transactions.js';
export { Can, type Permission, permissionKey, Public, SignedIn } from './http/permission.js';
export { Batch, type GraphqlContext } from './http/batch.js';
export { clientAddress, trustedProxies } from './http/client-address.js';
export { DOOR_OBSERVER, type DoorObserver, type TurnedAway } from './http/door-observer.js';
export { pageSize } from './http/page-size.js';
export { readBody } from './http/read-body.js';
export { sendProblem } from './http/problem.js';
export { StorableTextPipe } from './http/storable-text.pipe.js';
export { DatabaseErrorFilter } from './http/database-error.filter.js';
export { RefusedFilter } from './http/refused.filter.js';
export {
  type CommitResult,
  FinalJobError,
  JOB_HANDLERS,
  type JobContext,
  type JobHandler,
} from './jobs/job-handler.js';
export { JobRunner } from './jobs/job-runner.js';
export { Job } from './jobs/job.entity.js';
export { Jobs } from './jobs/jobs.js';
export { ObjectReads, type RecordReads } from './jobs/object-reads.js';
export { OutboxDispatcher } from './jobs/outbox-dispatcher.js';
export { clearLeftovers } from './objects/clear-leftovers.js';
export { JobCheckpoints } from './objects/job-checkpoints.js';
export { accessLog } from './logging/access-log.js';
export { createLogger, FrameworkLogger, type Logger } from './logging/logger.js';
export {
  type ObjectInbox,
  type ObjectReader,
  type ObjectStore,
  MODELS,
  QUARANTINE,
  REAL_ZONE,
  REAL_ZONE_INBOX,
} from './objects/object-store.js';
export { ObjectsModule } from './objects/objects.module.js';
export { SketchFolder } from './objects/sketch-folder.js';
export { ChangedBytesError, ReleaseRoot } from './objects/release-root.js';
export { withScratchFolder } from './objects/scratch-folder.js';
export { temporaryName } from './objects/temporary-name.js';
export { PlatformModule } from './platform.module.js';
export { exitWhenOrphaned } from './process/orphan-watch.js';
export { openQueueBackend, type QueueBackend } from './queue/queue-backend.js';
export { type Refusal, refusal } from './refusal/refusal.js';
export { RefusalType } from './refusal/refusal.type.js';
export { RefusedError } from './refusal/refused-error.js';
export { resultUnion } from './refusal/result-union.js';
export { UnauthenticatedError } from './refusal/unauthenticated-error.js';
export { KeyFile, KeyFileError } from './secrets/key-file.js';
export { idOfSecretToken, isSecretOf, makeSecretToken } from './secrets/secret-token.js';
export { type Sweep, sweepBatch, SWEEPS } from './sweeps/sweep.js';
export { Sweeper } from './sweeps/sweeper.js';
export { CLOCK, CONFIG, LOGGER } from './tokens.js';
