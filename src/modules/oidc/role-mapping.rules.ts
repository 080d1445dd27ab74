/** Which value of a claim gives which roles. */
export interface RoleMapping {
  /** Where the claim is: its name, or the names on the way to it. */
  readonly claim: readonly string[];
  readonly roles: readonly { readonly value: string; readonly roles: readonly string[] }[];
}

/** The roles that the claims of an ID token give: none for a claim that is missing, of another form or not mapped. */
export function mappedRoles({ claim, roles }: RoleMapping, claims: unknown): string[] {
  const values = textsOf(claimAt(claims, claim));
  const given = roles.filter(({ value }) => values.includes(value)).flatMap((entry) => entry.roles);
  return [...new Set(given)];
}

function claimAt(claims: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return claims;
  if (typeof claims !== 'object' || claims === null || !Object.hasOwn(claims, name)) return undefined;
  return claimAt((claims as Readonly<Record<string, unknown>>)[name], rest);
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
