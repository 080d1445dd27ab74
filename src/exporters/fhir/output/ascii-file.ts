import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

const bufferBytes = 1 << 20;

interface Finished {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * A file of ASCII text that is written from its start to its end. Text is taken at once and leaves with
 * {@link drain}, which lets one buffer be on its way to the disk while the next is filled.
 */
export class AsciiFile {
  readonly #hash = createHash('sha256');
  #handle: FileHandle | undefined;
  #buffer: Buffer = Buffer.allocUnsafe(bufferBytes);
  #spare: Buffer | undefined;
  #filled = 0;
  #full: Buffer[] = [];
  #onItsWay: Promise<void> = Promise.resolve();
  #error: unknown;
  #bytes = 0;

  constructor(readonly path: string) {}

  /** All that was appended, written or not. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether there is something for {@link drain} to do. */
  get isFull(): boolean {
    return this.#full.length > 0;
  }

  append(text: string): void {
    let rest = text;
    while (rest.length > this.#buffer.length - this.#filled) {
      const room = this.#buffer.length - this.#filled;
      this.#put(rest.slice(0, room));
      rest = rest.slice(room);
      this.#full.push(this.#buffer);
      this.#buffer = this.#spare ?? Buffer.allocUnsafe(bufferBytes);
      this.#spare = undefined;
      this.#filled = 0;
    }
    this.#put(rest);
  }

  /** Resolves when at most one buffer is on its way to the disk. */
  async drain(): Promise<void> {
    const full = this.#full;
    this.#full = [];
    for (const buffer of full) await this.#send(buffer);
  }

  /** Writes the rest and closes. */
  async finish(): Promise<Finished> {
    await this.drain();
    await this.#send(this.#buffer.subarray(0, this.#filled));
    await this.#settle();
    await this.#handle?.close();
    this.#handle = undefined;
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Closes as it is. */
  async abandon(): Promise<void> {
    await this.#onItsWay;
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #put(text: string): void {
    this.#filled += this.#buffer.write(text, this.#filled, 'latin1');
    this.#bytes += text.length;
  }

  async #send(buffer: Buffer): Promise<void> {
    this.#handle ??= await open(this.path, 'wx');
    this.#hash.update(buffer);
    await this.#settle();
    this.#onItsWay = this.#write(this.#handle, buffer);
  }

  /** Never rejects: what went wrong is told by {@link #settle}. */
  async #write(handle: FileHandle, buffer: Buffer): Promise<void> {
    try {
      for (let written = 0; written < buffer.length;)
        written += (await handle.write(buffer, written)).bytesWritten;
    } catch (error) {
      this.#error = error;
    }
    if (buffer.length === bufferBytes) this.#spare = buffer;
  }

  async #settle(): Promise<void> {
    await this.#onItsWay;
    if (this.#error !== undefined) throw new Error(`${this.path} cannot be written.`, { cause: this.#error });
  }
}
