import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, ReleaseRoot } from '../platform/index.js';
import { DownloadsService, FhirDoor, type Release } from '../releases/index.js';
import type { ByteRange } from './byte-range.rules.js';
import { type FhirFile, fhirFilesOf } from './fhir-files.js';
import { FhirRefusal } from './operation-outcome.js';
import { ResourceIndexes } from './resource-indexes.js';

export interface FhirRelease {
  readonly release: Release;
  readonly files: readonly FhirFile[];
}

export interface Search {
  readonly ids?: readonly string[];
  /** The id of a patient. */
  readonly patient?: string;
  /** Resources to pass over, and to give at most. */
  readonly offset: number;
  readonly count: number;
}

/** Releases as FHIR: who may have a file by the download gate may read its resources, and each reading is on record. */
@Injectable()
export class FhirReleases {
  constructor(
    private readonly downloads: DownloadsService,
    private readonly door: FhirDoor,
    private readonly indexes: ResourceIndexes,
    private readonly root: ReleaseRoot,
  ) {}

  /** @throws {FhirRefusal} when there is no such release for this person, or nothing of it is FHIR */
  async find(actor: Actor, id: string): Promise<FhirRelease> {
    const release = orRefused(await this.door.find(actor, id));
    const files = fhirFilesOf(release.files);
    if (files.length === 0) throw new FhirRefusal(404, 'not-found', 'There is no such release in FHIR.');
    return { release, files };
  }

  /** @throws {FhirRefusal} when the person may not have the file, or there is none */
  async admitFile(actor: Actor, id: string, name: string): Promise<FhirFile & { readonly release: Release }> {
    const { files } = await this.find(actor, id);
    const found = files.find(({ file }) => file.name === name);
    if (!found) throw new FhirRefusal(404, 'not-found', 'The release has no such file.');
    const answer = await this.downloads.admit(
      actor,
      { releaseId: id, name },
      {
        isIntact: ({ folder }, file) => this.root.isIntact(folder, file),
        refuse: (release) => this.door.refuse(actor, release),
      },
    );
    return { ...found, release: orRefused(answer).release };
  }

  /** @param range both ends included */
  open({ folder }: Release, { name }: PackageFile, range?: ByteRange): Readable {
    return this.root.open(folder, name, range);
  }

  /** @throws {FhirRefusal} when the release has no such resource */
  async require(actor: Actor, found: FhirRelease, type: string, id: string): Promise<string> {
    const { resources } = await this.search(actor, found, type, { ids: [id], offset: 0, count: 1 });
    const [resource] = resources;
    if (resource !== undefined) return resource;
    throw new FhirRefusal(404, 'not-found', `The release has no ${type}/${id}.`);
  }

  /** @returns the resources as they are written, and how many there are in all */
  async search(
    actor: Actor,
    { release, files }: FhirRelease,
    type: string,
    { ids, patient, offset, count }: Search,
  ): Promise<{ readonly resources: readonly string[]; readonly total: number }> {
    const resources: string[] = [];
    let total = 0;
    for (const one of files.filter((file) => file.type === type)) {
      const index = await this.indexes.of(release.folder, one);
      const asked = { releaseId: release.id, name: one.file.name };
      // The index was made in the reading that hashed the file.
      orRefused(
        await this.downloads.admit(actor, asked, {
          isIntact: (_, file) => Promise.resolve(index.sha256 === file.sha256),
          refuse: (one) => this.door.refuse(actor, one),
        }),
      );
      const spans = index.find({
        ...(ids === undefined ? {} : { ids }),
        ...(patient === undefined ? {} : { patient }),
      });
      const from = Math.max(0, offset - total);
      resources.push(...(await index.read(spans.slice(from, from + count - resources.length))));
      total += spans.length;
    }
    return { resources, total };
  }
}

function orRefused<Answer extends object>(answer: Answer | Refusal): Answer {
  if (!('code' in answer)) return answer;
  const status = answer.code === 'NOT_FOUND' ? 404 : 403;
  throw new FhirRefusal(status, status === 404 ? 'not-found' : 'forbidden', answer.message);
}
