export { RequestCommands } from './request-commands.js';
export {
  isTerminal,
  markSuspended,
  ReleaseRequest,
  voidApprovals,
  voidCandidate,
  voidReviews,
} from './request.entity.js';
export { refuseCommand, refuseUnassessed } from './request.rules.js';
export { RequestResult, toRequestResult } from './request-result.js';
export { givenBy, type RequestCommand } from './request.state.js';
export { RequestCommandsModule, RequestsModule } from './requests.module.js';
