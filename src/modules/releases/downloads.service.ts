import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, refusal, ReleaseRoot, Transactions } from '../platform/index.js';
import { type AskedFile, DownloadGate } from './download-gate.js';
import { DownloadLinks } from './download-links.service.js';
import { DownloadRecords } from './download-records.js';
import { Release } from './release.entity.js';

export interface OpenDownload {
  readonly file: PackageFile;
  readonly stream: Readable;
}

/** Every download is asked about anew, bytes included, and is on record, refused or not. */
@Injectable()
export class DownloadsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly root: ReleaseRoot,
    private readonly gate: DownloadGate,
    private readonly records: DownloadRecords,
    private readonly links: DownloadLinks,
  ) {}

  /** By name, for what no grant is needed for. */
  open(actor: Actor, id: string, name: string): Promise<OpenDownload | Refusal> {
    return this.serve(actor, { releaseId: id, name }, refuseWithoutLink);
  }

  /**
   * The release, when `actor` may have the file now: `isIntact` is asked whether its bytes are what was approved, and `refuse`
   * what has to hold besides the gate.
   */
  admit(
    actor: Actor,
    asked: { readonly releaseId: string; readonly name: string },
    {
      isIntact,
      refuse,
    }: {
      readonly isIntact: (release: Release, file: PackageFile) => Promise<boolean>;
      readonly refuse: (release: Release) => Refusal | null;
    },
  ): Promise<Admitted | Refusal> {
    return this.decide(actor, asked, (release) => Promise.resolve(refuse(release)), isIntact);
  }

  /** By a link, which is spent by it. */
  async openByLink(actor: Actor, token: string): Promise<OpenDownload | Refusal> {
    const link = await this.links.find(token);
    // To anybody else it is as if there were no such link.
    const isOwn = link?.personId === actor.id;
    const { releaseId, file: name } = isOwn ? link : { releaseId: null, file: null };
    const asked = { releaseId, name, linkId: link?.id ?? null };
    return this.serve(actor, asked, (_, manager) => this.links.spend(manager, link));
  }

  private async serve(actor: Actor, asked: Asked, admit: Admit): Promise<OpenDownload | Refusal> {
    const answer = await this.decide(actor, asked, admit, ({ folder }, file) =>
      this.root.isIntact(folder, file),
    );
    if ('code' in answer) return answer;
    const { release, file } = answer;
    return { file, stream: this.root.open(release.folder, file.name) };
  }

  private async decide(
    actor: Actor,
    asked: Asked,
    admit: Admit,
    check: (release: Release, file: PackageFile) => Promise<boolean>,
  ): Promise<Admitted | Refusal> {
    const { releaseId: id, name } = asked;
    const release = id === null ? null : await this.transactions.reader.findOneBy(Release, { id });
    const file = release?.files.find((one) => one.name === name);
    // Before the transaction: hashing a large file must not hold it open.
    const isIntact = release && file ? await check(release, file) : false;
    const refused = await this.transactions.run(async (manager) => {
      const why = release
        ? await this.refuse(manager, actor, { release, file, isIntact, admit })
        : refusal('NOT_FOUND', 'There is no such release or link.');
      await this.records.keep(manager, actor, { release, file, linkId: asked.linkId, refused: why });
      return why;
    });
    if (refused || !release || !file) return refused ?? refusal('NOT_FOUND', 'There is no such file.');
    return { release, file };
  }

  /** A link is spent whatever the gate says. */
  private async refuse(
    manager: EntityManager,
    actor: Actor,
    { admit, ...asked }: AskedFile & { readonly release: Release; readonly admit: Admit },
  ): Promise<Refusal | null> {
    const shut = await this.gate.refuse(manager, actor, asked);
    const unadmitted = await admit(asked.release, manager);
    return shut ?? unadmitted;
  }
}

function refuseWithoutLink({ tier }: Release): Promise<Refusal | null> {
  return Promise.resolve(
    tier === 'HIGH'
      ? refusal('LINK_NEEDED', 'Files of this release are given out by links for one use.')
      : null,
  );
}

export interface Admitted {
  readonly release: Release;
  readonly file: PackageFile;
}

interface Asked {
  readonly releaseId: string | null;
  readonly name: string | null;
  readonly linkId?: string | null;
}

/** What has to hold besides the gate. */
type Admit = (release: Release, manager: EntityManager) => Promise<Refusal | null>;
