import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { AuditEvent } from './audit-event.entity.js';
import {
  type AuditHead,
  type HeadsEntry,
  type KeyAnnouncement,
  publicKeyText,
  toHeadsLine,
} from './audit-head.js';
import { AuditHeadsError } from './audit-heads-error.js';
import type { AuditService } from './audit.service.js';
import { headsActions } from './heads-events.js';
import { HeadsPlace } from './heads-place.js';
import { type HeadsFile, type HeadsLine, headsOf } from './read-heads.js';
import { type SigningKey, SigningKeys } from './signing-keys.js';

/** Whoever adds to the heads file holds it, exclusively; whoever compares file and database holds it, shared. */
export const headsLock = "hashtext('picketfence-audit-heads')";

/** An entry without what every entry says. */
type Said =
  Pick<AuditHead, 'kind' | 'sequence' | 'hash' | 'at'> | Pick<KeyAnnouncement, 'kind' | 'publicKey'>;

/** Signs the end of the chain and writes it down outside the database. */
export class AuditHeads {
  private readonly place: HeadsPlace;
  private readonly keys: SigningKeys;

  constructor(
    private readonly audit: AuditService,
    home: string,
  ) {
    this.place = new HeadsPlace(home);
    this.keys = new SigningKeys(home, this.place.directory);
  }

  /** Signs unless it was done on this day (UTC); answers whether it did. */
  async signDaily(manager: EntityManager, now: Date): Promise<boolean> {
    await this.lock(manager);
    const last = await this.lastRecorded(manager, headsActions.head);
    if (last && isSameDay(last.at, now)) return false;
    const heads = await this.readAndCatchUp(manager);
    const newest = headsOf(heads).at(-1);
    if (newest && isSameDay(new Date(newest.head.signedAt), now)) return false;
    return this.signEnd(manager, heads, now);
  }

  /** Signs now, whenever that was done last; answers false when there is no event yet. */
  async sign(manager: EntityManager, now: Date): Promise<boolean> {
    await this.lock(manager);
    return this.signEnd(manager, await this.readAndCatchUp(manager), now);
  }

  /** From here on a new key signs, announced by the old one. Answers its id. */
  async rotateKey(manager: EntityManager, now: Date): Promise<string> {
    await this.lock(manager);
    const heads = await this.readAndCatchUp(manager);
    const old = await this.keys.inUse(heads.key);
    const begun = heads.key ? heads : await this.announce(manager, heads, { signer: old, key: old, now });
    const key = await this.keys.make();
    await this.announce(manager, begun, { signer: old, key, now });
    return (await this.keys.takeOver(key)).id;
  }

  private lock(manager: EntityManager): Promise<unknown> {
    return manager.query(`SELECT pg_advisory_xact_lock(${headsLock})`);
  }

  private async signEnd(manager: EntityManager, heads: HeadsFile, now: Date): Promise<boolean> {
    const [end] = await manager.find(AuditEvent, { order: { sequence: 'DESC' }, take: 1 });
    if (!end) return false;
    const { sequence, hash, at } = end.toLink();
    const key = await this.keys.inUse(heads.key);
    const begun = heads.key ? heads : await this.announce(manager, heads, { signer: key, key, now });
    await this.append(manager, begun, { signer: key, now, said: { kind: 'head', sequence, hash, at } });
    return true;
  }

  private announce(
    manager: EntityManager,
    heads: HeadsFile,
    { signer, key, now }: { signer: SigningKey; key: SigningKey; now: Date },
  ): Promise<HeadsFile> {
    const said = { kind: 'key', publicKey: publicKeyText(key.publicKey) } as const;
    return this.append(manager, heads, { signer, now, said });
  }

  private async append(
    manager: EntityManager,
    heads: HeadsFile,
    { signer, now, said }: { signer: SigningKey; now: Date; said: Said },
  ): Promise<HeadsFile> {
    const { lastHash: previousLine, isTorn: afterTorn } = heads;
    const signedAt = now.toISOString();
    const entry: HeadsEntry = { ...said, keyId: signer.id, previousLine, signedAt, afterTorn, version: 1 };
    const line = toHeadsLine(entry, signer.privateKey);
    await this.place.append(line, { afterTorn });
    const hash = sha256Hex(line);
    const number = (heads.lines.at(-1)?.number ?? 0) + (afterTorn ? 2 : 1);
    await this.record(manager, { number, hash, entry });
    const lines = [...heads.lines, { number, hash, entry }];
    return { ...heads, lines, key: signer.publicKey, lastHash: hash, isTorn: false };
  }

  private record(manager: EntityManager, { number, hash, entry }: HeadsLine): Promise<void> {
    const { kind, keyId, signedAt } = entry;
    const facts =
      kind === 'head' ? { sequence: entry.sequence, hash: entry.hash } : { publicKey: entry.publicKey };
    return this.audit.record(manager, {
      actor: 'system',
      action: headsActions[kind],
      subjectType: 'AuditHead',
      subjectId: String(number),
      details: { ...facts, keyId, signedAt, lineHash: hash },
    });
  }

  /** A process that was killed after it wrote a line has left it without its event: that is made up for. */
  private async readAndCatchUp(manager: EntityManager): Promise<HeadsFile> {
    const heads = await this.place.read();
    if (heads.problem) {
      const { line, why } = heads.problem;
      throw new AuditHeadsError(
        `${this.place.file} was changed, line ${line}: ${why}. It is not added to; keep it as evidence.`,
      );
    }
    const last = await this.lastRecorded(manager, ...Object.values(headsActions));
    const known = heads.lines.findIndex(({ hash }) => hash === last?.lineHash);
    if (last && known === -1 && heads.lines.length > 0) {
      throw new AuditHeadsError(
        `${this.place.file} does not hold the line that event ${last.sequence} tells of. It is not added to.`,
      );
    }
    for (const line of heads.lines.slice(known + 1)) await this.record(manager, line);
    return heads;
  }

  private async lastRecorded(
    manager: EntityManager,
    ...actions: string[]
  ): Promise<{ sequence: string; at: Date; lineHash: string } | undefined> {
    const [event] = await manager.query<{ sequence: string; at: Date; lineHash: string }[]>(
      `SELECT sequence, at, details ->> 'lineHash' AS "lineHash" FROM audit_event
       WHERE subject_type = 'AuditHead' AND outcome = 'done' AND action = ANY ($1)
       ORDER BY sequence DESC LIMIT 1`,
      [actions],
    );
    return event;
  }
}

function isSameDay(one: Date, other: Date): boolean {
  return one.toISOString().slice(0, 10) === other.toISOString().slice(0, 10);
}
