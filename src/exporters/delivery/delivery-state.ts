import { appendFile, readFile, truncate } from 'node:fs/promises';

interface Line {
  readonly server: string;
  readonly name: string;
  readonly sha256: string;
}

const isLine = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && 'server' in value && 'name' in value && 'sha256' in value;

/**
 * What a server has taken, one line a bundle: whoever starts again goes on where it stopped. A line that was not written
 * to its end is as if it were not there: the bundle is looked at again.
 */
export class DeliveryState {
  private constructor(
    private readonly file: string,
    private readonly server: string,
    private readonly taken: Set<string>,
    /** Bytes of whole lines, where more follows. */
    private wholeBytes: number | undefined,
  ) {}

  /** @throws {Error} for a file that is no state file */
  static async open(file: string, server: string): Promise<DeliveryState> {
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const taken = new Set<string>();
    for (const [place, line] of whole.split('\n').slice(0, -1).entries()) {
      const value: unknown = JSON.parse(line);
      if (!isLine(value)) throw new Error(`${file}, line ${place + 1} is not a line of a state file.`);
      if (value.server === server) taken.add(`${value.sha256} ${value.name}`);
    }
    const isTorn = whole.length < text.length;
    return new DeliveryState(file, server, taken, isTorn ? Buffer.byteLength(whole) : undefined);
  }

  has(name: string, sha256: string): boolean {
    return this.taken.has(`${sha256} ${name}`);
  }

  async add(name: string, sha256: string): Promise<void> {
    if (this.wholeBytes !== undefined) await truncate(this.file, this.wholeBytes);
    this.wholeBytes = undefined;
    await appendFile(this.file, `${JSON.stringify({ server: this.server, name, sha256 })}\n`);
    this.taken.add(`${sha256} ${name}`);
  }
}
