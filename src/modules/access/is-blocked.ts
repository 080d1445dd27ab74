import { type EntityManager, IsNull } from 'typeorm';
import { AccessBlock } from './access-block.entity.js';

export const isBlocked = (manager: EntityManager, personId: string): Promise<boolean> =>
  manager.existsBy(AccessBlock, { personId, liftedAt: IsNull() });
