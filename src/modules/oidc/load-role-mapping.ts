import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { refuseRoles } from '../identity/index.js';
import type { RolePolicy } from '../policy/index.js';
import type { RoleMapping } from './role-mapping.rules.js';

/** The mapping file is missing or does not say what it must; the server does not start with it. */
class RoleMappingError extends Error {
  constructor(file: string, why: string) {
    super(`Role mapping ${file}: ${why}`);
    this.name = 'RoleMappingError';
  }
}

const name = { type: 'string', minLength: 1 };
const names = { type: 'array', minItems: 1, uniqueItems: true, items: name };
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<{
  readonly claim: string | readonly string[];
  readonly roles: RoleMapping['roles'];
}>({
  type: 'object',
  additionalProperties: false,
  required: ['version', 'claim', 'roles'],
  properties: {
    version: { const: 1 },
    claim: { anyOf: [name, { ...names, uniqueItems: false, maxItems: 5 }] },
    roles: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['value', 'roles'],
        properties: { value: name, roles: names },
      },
    },
  },
});

/** Names only roles there are, and gives nobody who keeps accounts a right to decide. */
export function loadRoleMapping(file: string, known: readonly RolePolicy[]): RoleMapping & { hash: string } {
  const content = read(file);
  if (!validate(content)) {
    const why = (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
    throw new RoleMappingError(file, why.join(', '));
  }
  for (const { value, roles } of content.roles) {
    const unknown = roles.find((role) => !known.some((one) => one.role === role));
    if (unknown !== undefined)
      throw new RoleMappingError(file, `"${value}" gives "${unknown}", which is no role`);
    const refused = refuseRoles(roles, known);
    if (refused) throw new RoleMappingError(file, `"${value}": ${refused.message}`);
  }
  const { claim, roles } = content;
  const hash = sha256Hex(canonicalJson(content));
  return { claim: typeof claim === 'string' ? [claim] : claim, roles, hash };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new RoleMappingError(file, error instanceof Error ? error.message : String(error));
  }
}
