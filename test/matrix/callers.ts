import { ApiClient } from '../../src/commands/example/api-client.js';
import { addPerson, type Cast } from '../support/cast.js';
import type { Service } from '../support/service.js';

/** Who tries: somebody of each role who had no part in anything, the person it is about, and nobody. */
export interface Caller {
  readonly name: string;
  readonly role: string | null;
  readonly owner: boolean;
  readonly client: ApiClient;
}

export async function callersOf(
  service: Service,
  { cast, roles }: { readonly cast: Cast; readonly roles: readonly string[] },
): Promise<Caller[]> {
  const newcomers = await Promise.all(
    roles.map(async (role) => {
      const { client } = await addPerson(service, [role]);
      return { name: `another ${role}`, role, owner: false, client };
    }),
  );
  const owner = { name: 'the requester', role: 'researcher', owner: true, client: cast.researcher };
  const nobody = { name: 'nobody', role: null, owner: false, client: ApiClient.anonymous(service.baseUrl) };
  return [...newcomers, owner, nobody];
}
