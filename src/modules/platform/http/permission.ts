import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export type Permission =
  | { readonly kind: 'can'; readonly action: string; readonly subject: string }
  /** Anyone who is signed in, whatever the roles. */
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'public' };

export const permissionKey = 'permission';

const declare = (permission: Permission): CustomDecorator => SetMetadata(permissionKey, permission);

/** What a handler asks of the person who calls it. A handler without a permission is refused to everybody. */
export const Can = (action: string, subject: string): CustomDecorator =>
  declare({ kind: 'can', action, subject });
export const SignedIn = (): CustomDecorator => declare({ kind: 'signed-in' });
export const Public = (): CustomDecorator => declare({ kind: 'public' });
