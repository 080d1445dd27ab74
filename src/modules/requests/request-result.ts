import { type Refusal, RefusalType, resultUnion } from '../platform/index.js';
import { ReleaseRequest } from './request.entity.js';

/** What every command on a request answers. */
export const RequestResult = resultUnion('RequestResult', ReleaseRequest);

export function toRequestResult(answer: ReleaseRequest | Refusal): ReleaseRequest | RefusalType {
  return answer instanceof ReleaseRequest ? answer : new RefusalType(answer);
}
