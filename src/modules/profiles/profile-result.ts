import { type Refusal, RefusalType, resultUnion } from '../platform/index.js';
import { SourceProfile } from './profile.entity.js';

export const ProfileResult = resultUnion('ProfileResult', SourceProfile);

export const toProfileResult = (result: SourceProfile | Refusal): SourceProfile | RefusalType =>
  result instanceof SourceProfile ? result : new RefusalType(result);
