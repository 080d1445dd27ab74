import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fhirTypeOf } from '../../exporters/package/fhir-file-name.js';
import { CONFIG, type Config, type Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { Release } from '../releases/index.js';
import type { PackageFile } from '../generation/index.js';
import { refuseDelivery } from './delivery.rules.js';
import { type FhirServer, loadFhirServers } from './fhir-servers.js';

/** Which servers there are, and which releases may go to them now. */
@Injectable()
export class DeliveryGate {
  readonly servers: readonly FhirServer[];

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(POLICY) private readonly policy: Policy,
  ) {
    this.servers = loadFhirServers(config.fhirServersFile);
  }

  server(name: string): FhirServer | null {
    return this.servers.find((one) => one.name === name) ?? null;
  }

  /** @param manager of a transaction, and what the answer rests on is held until its end; or a reader */
  async refuse(
    manager: EntityManager,
    { tier, requestId, files }: Release,
    server: FhirServer | null,
  ): Promise<Refusal | null> {
    const [request] = await manager.query<{ state: string }[]>(
      `SELECT state FROM request WHERE id = $1 ${manager.queryRunner?.isTransactionActive ? 'FOR SHARE' : ''}`,
      [requestId],
    );
    return refuseDelivery({
      release: { tier, requestState: request?.state ?? '', fhirFiles: fhirFilesOf(files).length },
      isAllowed: this.policy.access.delivery[tier],
      serverTiers: server?.tiers ?? null,
    });
  }
}

export const fhirFilesOf = (files: readonly PackageFile[]): readonly PackageFile[] =>
  files.filter(({ name }) => fhirTypeOf(name) !== null);
