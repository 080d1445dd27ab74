import type { RoleMapping } from './role-mapping.rules.js';

export type LoadedMapping = RoleMapping & { readonly hash: string };

/** Null where there are local accounts only. */
export const ROLE_MAPPING = Symbol('RoleMapping');
