import type { EntityManager } from 'typeorm';
import type { PackageFile } from '../generation/index.js';
import type { Actor } from '../identity/index.js';
import { Download } from './download.entity.js';
import type { Release } from './release.entity.js';

/** Files that go somewhere else on the word of a person: as if they had taken them, they are asked about them at a recall. */
export async function recordHandOver(
  manager: EntityManager,
  {
    actor,
    release,
    files,
    now,
  }: {
    readonly actor: Actor;
    readonly release: Release;
    readonly files: readonly PackageFile[];
    readonly now: Date;
  },
): Promise<void> {
  const taken = { releaseId: release.id, personId: actor.id, downloadedAt: now };
  await manager.insert(
    Download,
    files.map(({ name: file }) => ({ ...taken, file })),
  );
}
