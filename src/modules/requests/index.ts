export { RequestCommands } from './request-commands.js';
export {
  isTerminal,
  markSuspended,
  ReleaseRequest,
  voidApprovals,
  voidCandidate,
  voidReviews,
} from './request.entity.js';
export { refuseCommand } from './request.rules.js';
export { RequestResult, toRequestResult } from './request-result.js';
export type { RequestCommand } from './request.state.js';
export { RequestCommandsModule, RequestsModule } from './requests.module.js';
