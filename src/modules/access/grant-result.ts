import { type Refusal, RefusalType, resultUnion } from '../platform/index.js';
import { AccessGrant } from './grant.entity.js';

/** What every command on a grant answers. */
export const AccessGrantResult = resultUnion('AccessGrantResult', AccessGrant);

export type GrantAnswer = Promise<AccessGrant | RefusalType>;

export const toGrantResult = (answer: AccessGrant | Refusal): AccessGrant | RefusalType =>
  answer instanceof AccessGrant ? answer : new RefusalType(answer);
