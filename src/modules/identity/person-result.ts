import { resultUnion } from '../platform/index.js';
import { Person } from './person.entity.js';

/** What every command on an account answers. */
export const PersonResult = resultUnion('PersonResult', Person);
