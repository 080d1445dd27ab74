import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { waitFor } from './wait-for.js';

export interface DeliveryAnswer {
  readonly id: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly counts: {
    readonly posted: number;
    readonly unchanged: number;
    readonly inConflict: number;
    readonly conflicts: readonly { readonly bundle: string; readonly urls: readonly string[] }[];
  } | null;
  readonly job: { readonly state: string; readonly progress: number } | null;
}

const fields =
  'id outcome reason counts { posted unchanged inConflict conflicts { bundle urls } } job { state progress }';

/** Asks for it; what comes of it is in {@link delivered}. */
export function deliver(who: ApiClient, releaseId: string, order: object): Promise<DeliveryAnswer> {
  return who.call(
    `mutation ($releaseId: ID!, $server: String!, $dryRun: Boolean!) {
       deliverRelease(releaseId: $releaseId, server: $server, dryRun: $dryRun) {
         __typename ... on Delivery { ${fields} } ${refusalFields}
       }
     }`,
    { releaseId, ...order },
  );
}

export async function deliveryOf(who: ApiClient, releaseId: string, id: string): Promise<DeliveryAnswer> {
  const deliveries = await who.call<DeliveryAnswer[]>(
    `query ($releaseId: ID!) { deliveries(releaseId: $releaseId) { ${fields} } }`,
    { releaseId },
  );
  const found = deliveries.find((one) => one.id === id);
  if (!found) throw new Error(`There is no delivery ${id}.`);
  return found;
}

/** When it has ended. */
export function delivered(who: ApiClient, releaseId: string, id: string): Promise<DeliveryAnswer> {
  return waitFor(async () => {
    const found = await deliveryOf(who, releaseId, id);
    return found.outcome !== null && found;
  });
}
