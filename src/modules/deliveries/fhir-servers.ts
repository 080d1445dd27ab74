import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import type { Tier } from '../../generators/generator.js';

/** A FHIR server that releases may be delivered to; whoever runs this service says which there are. */
export interface FhirServer {
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Releases of other tiers do not go there. */
  readonly tiers: readonly Tier[];
  /** Absolute; holds a bearer token. Null: the server takes requests without one. */
  readonly tokenFile: string | null;
}

/** The file of FHIR servers is missing or does not say what it must; the process does not start with it. */
class FhirServersError extends Error {
  constructor(file: string, why: string) {
    super(`FHIR servers ${file}: ${why}`);
    this.name = 'FhirServersError';
  }
}

type Written = Omit<FhirServer, 'tokenFile'> & { readonly tokenFile?: string };

const serversMax = 100;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const validate = new Ajv({ allErrors: true }).compile<{ readonly servers: readonly Written[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['version', 'servers'],
  properties: {
    version: { const: 1 },
    servers: {
      type: 'array',
      maxItems: serversMax,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'baseUrl', 'tiers'],
        properties: {
          name: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
          baseUrl: { type: 'string', maxLength: 2_000 },
          // Releases of tier HIGH go to people with a grant, which a server is not.
          tiers: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: ['STRUCTURAL', 'LOW'] } },
          tokenFile: { type: 'string', minLength: 1 },
        },
      },
    },
  },
});

/** @param file undefined: there are none @throws {FhirServersError} naming the place */
export function loadFhirServers(file: string | undefined): readonly FhirServer[] {
  if (file === undefined) return [];
  const content = read(file);
  if (!validate(content)) {
    const why = (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
    throw new FhirServersError(file, why.join(', '));
  }
  const names = new Set<string>();
  return content.servers.map(({ name, baseUrl, tiers, tokenFile }, place) => {
    const refused = names.has(name) ? 'has a name that another one has' : refuseBaseUrl(baseUrl);
    if (refused !== null) throw new FhirServersError(file, `/servers/${place} ${refused}`);
    names.add(name);
    const token = tokenFile === undefined ? null : resolve(dirname(file), tokenFile);
    return { name, baseUrl: baseUrl.replace(/\/+$/, ''), tiers, tokenFile: token };
  });
}

/** Releases and tokens go there, so the way has to be encrypted where it leaves this machine. */
function refuseBaseUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url?.protocol === 'http:' && loopback.test(url.hostname);
  if (url?.protocol !== 'https:' && !isHere) return 'has no https address (http for this machine only)';
  if (url.username !== '' || url.password !== '') return 'has a password in its address; name a tokenFile';
  return url.search === '' && url.hash === '' ? null : 'has more than a path in its address';
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new FhirServersError(file, error instanceof Error ? error.message : String(error));
  }
}
