import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ReleaseRoot, Transactions } from '../platform/index.js';
import type { Release } from '../releases/index.js';
import { DeliveryGate, fhirFilesOf } from './delivery-gate.js';
import type { Delivery } from './delivery.entity.js';

/** Why a delivery ends, in words for the people concerned. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused';

  constructor(
    message: string,
    /** Its bytes are not those that were approved. */
    readonly changedFile: string | null = null,
  ) {
    super(message);
  }
}

export interface OpenRelease {
  readonly folder: string;
  readonly names: readonly string[];
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The files of a release on their way to a server. */
@Injectable()
export class ReleaseToDeliver {
  constructor(
    private readonly transactions: Transactions,
    private readonly gate: DeliveryGate,
    private readonly root: ReleaseRoot,
  ) {}

  /** Every file is hashed first. @throws {DeliveryRefused} when it may not go there */
  async open(release: Release, delivery: Delivery): Promise<OpenRelease> {
    await this.require(release, delivery);
    const files = fhirFilesOf(release.files);
    for (const file of files)
      if (!(await this.root.isIntact(release.folder, file)))
        throw new DeliveryRefused(`The bytes of "${file.name}" are not those that were approved.`, file.name);
    const names = files.map(({ name }) => name);
    const folder = dirname(this.root.localPath(release.folder, names[0] ?? ''));
    const { baseUrl, server } = delivery;
    return { folder, names, baseUrl, headers: await this.headersFor(server) };
  }

  /** @throws {DeliveryRefused} when the release may not go there (any longer) */
  async require(release: Release, delivery: Delivery): Promise<void> {
    const server = this.gate.server(delivery.server);
    const refused = await this.gate.refuse(this.transactions.reader, release, server);
    if (refused) throw new DeliveryRefused(refused.message);
    // The name stands for the address that was shown to whoever asked for the delivery.
    if (server?.baseUrl !== delivery.baseUrl)
      throw new DeliveryRefused('The settings have another address for this server by now.');
  }

  private async headersFor(name: string): Promise<Record<string, string>> {
    const file = this.gate.server(name)?.tokenFile ?? null;
    if (file === null) return {};
    const token = (await readFile(file, 'utf8').catch(() => '')).trim();
    if (!/^\S+$/.test(token)) throw new DeliveryRefused(`The token file of "${name}" does not hold a token.`);
    return { Authorization: `Bearer ${token}` };
  }
}
