export { AllowedAction } from './allowed-action.type.js';
export { declaredOf, type DeclaredUse } from './declared-use.rules.js';
export { REQUEST_FOLLOWERS, RequestCommands, type RequestFollower } from './request-commands.js';
export {
  beginRound,
  isTerminal,
  markSuspended,
  ReleaseRequest,
  voidCandidate,
  voidChecks,
  voidReviews,
} from './request.entity.js';
export { refuseCommand, refuseUnassessed } from './request.rules.js';
export { RequestRules } from './request-rules.service.js';
export { RequestResult, toRequestResult } from './request-result.js';
export { commandsFrom, givenBy, type RequestCommand, type RequestState } from './request.state.js';
export { checkedAnew, suspensionBySystem, turnedBack } from './system-steps.js';
export { RequestCommandsModule, RequestsModule } from './requests.module.js';
