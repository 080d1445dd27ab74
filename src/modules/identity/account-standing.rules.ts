import { decides, type RoleGrants } from './decision-actions.rules.js';

const msPerHour = 3_600_000;

/** How an account is signed in to. Either it has a password, or its person has signed in at the provider. */
export interface SignInFacts {
  readonly roles: readonly string[];
  /** When the person last signed in at the provider; null: with a password of ours. */
  readonly providerSignInAt: Date | null;
}

export interface Circumstances {
  readonly now: Date;
  /** Is there an identity provider? */
  readonly hasProvider: boolean;
  /** Are passwords taken from everybody in spite of the provider, because it is down? */
  readonly breakGlass: boolean;
  /** How long what the provider said of a person counts, in hours. */
  readonly providerRolesHours: number;
  /** Roles whose people sign in at the provider besides those that decide. */
  readonly providerRoles: readonly string[];
  readonly known: readonly RoleGrants[];
}

/** Does somebody with this role sign in at the provider, where there is one? */
export const isForProvider = (
  role: string,
  { providerRoles, known }: Pick<Circumstances, 'providerRoles' | 'known'>,
): boolean => providerRoles.includes(role) || decides(role, known);

/**
 * Does the password of this account open it? `break-glass`: only because the provider is passed over. What is no
 * account with a password is none of this rule's business, and open.
 */
export function passwordOpens(
  { roles, providerSignInAt }: SignInFacts,
  circumstances: Circumstances,
): 'yes' | 'break-glass' | 'no' {
  const { hasProvider, breakGlass } = circumstances;
  const isFor = roles.some((role) => isForProvider(role, circumstances));
  if (!hasProvider || providerSignInAt !== null || !isFor) return 'yes';
  return breakGlass ? 'break-glass' : 'no';
}

/** Do the roles of the account count now? `programs`: also for what acts in the absence of the person. */
export function rolesCount(account: SignInFacts, circumstances: Circumstances, programs: boolean): boolean {
  const { now, providerRolesHours } = circumstances;
  if (account.providerSignInAt !== null) {
    return now.getTime() - account.providerSignInAt.getTime() <= providerRolesHours * msPerHour;
  }
  const opens = passwordOpens(account, circumstances);
  return opens === 'yes' || (opens === 'break-glass' && !programs);
}

/** Who decides for somebody else signs in where those who decide sign in, and is known by an address as they are. */
export const maySpeakForOthers = (
  { providerSignInAt, email }: SignInFacts & { readonly email: string | null },
  { hasProvider }: Circumstances,
): boolean => !hasProvider || (providerSignInAt !== null && email !== null);
