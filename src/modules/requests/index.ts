export { AllowedAction } from './allowed-action.type.js';
export { REQUEST_FOLLOWERS, RequestCommands, type RequestFollower } from './request-commands.js';
export {
  markSuspended,
  ReleaseRequest,
  voidApprovals,
  voidCandidate,
  voidReviews,
} from './request.entity.js';
export { refuseCommand } from './request.rules.js';
export { RequestResult, toRequestResult } from './request-result.js';
export type { RequestCommand, RequestState } from './request.state.js';
export { RequestCommandsModule, RequestsModule } from './requests.module.js';
