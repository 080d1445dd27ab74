import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { AuditHeadsError } from './audit-heads-error.js';
import { keyIdOf } from './audit-head.js';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly id: string;
}

/** The key pair heads are signed with: the private half in the secrets of this machine, the public half beside the heads. */
export class SigningKeys {
  private readonly current: string;
  /** Written before it is announced and put in place after: a crash between the two loses no key. */
  private readonly coming: string;

  constructor(
    home: string,
    private readonly publicDirectory: string,
  ) {
    this.current = path.join(home, 'secrets', 'audit-signing-key.pem');
    this.coming = path.join(home, 'secrets', 'audit-signing-key.next.pem');
  }

  /** The key the heads file says is in use; with an empty file the one there is, or a new one. */
  async inUse(announced: KeyObject | null): Promise<SigningKey> {
    const kept = await read(this.current);
    if (!announced) return this.publish(kept ?? (await this.make(this.current)));
    const id = keyIdOf(announced);
    if (kept?.id === id) return this.publish(kept);
    const next = await read(this.coming);
    if (next?.id === id) return this.takeOver(next);
    throw new AuditHeadsError(
      `${this.current} is not the key the heads are signed with (${id}); put that key back, or move the heads file ` +
        'away as evidence, and a new one is begun.',
    );
  }

  make(file: string = this.coming): Promise<SigningKey> {
    const { privateKey } = generateKeyPairSync('ed25519');
    return write(file, privateKey);
  }

  async takeOver(next: SigningKey): Promise<SigningKey> {
    await rename(this.coming, this.current);
    return this.publish(next);
  }

  private async publish(key: SigningKey): Promise<SigningKey> {
    const pem = key.publicKey.export({ format: 'pem', type: 'spki' });
    const file = path.join(this.publicDirectory, `public-key-${key.id.slice(0, 16)}.pem`);
    await mkdir(this.publicDirectory, { recursive: true });
    const handle = await open(file, 'w', 0o644);
    try {
      await handle.writeFile(pem);
    } finally {
      await handle.close();
    }
    return key;
  }
}

function pairOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, id: keyIdOf(publicKey) };
}

async function read(file: string): Promise<SigningKey | null> {
  const facts = await stat(file).catch(() => null);
  if (!facts) return null;
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0)
    throw new AuditHeadsError(`${file} can be read by others: chmod 600 it, and sign with a new key.`);
  const privateKey = createPrivateKey(await readFile(file, 'utf8'));
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new AuditHeadsError(`${file} is not an Ed25519 key.`);
  return pairOf(privateKey);
}

async function write(file: string, privateKey: KeyObject): Promise<SigningKey> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  return pairOf(privateKey);
}
