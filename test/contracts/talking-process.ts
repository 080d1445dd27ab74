import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process that says on its output what it does. */
export class TalkingProcess {
  readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly gone: Promise<unknown>;

  constructor(script: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.gone = once(this.child, 'exit');
    if (this.child.stdout)
      createInterface({ input: this.child.stdout }).on('line', (line) => this.lines.push(line));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async kill(): Promise<void> {
    if (this.isRunning) this.child.kill('SIGKILL');
    await this.gone;
  }

  /** The exit code of a process that ends by itself. */
  async end(): Promise<number | null> {
    await this.gone;
    return this.child.exitCode;
  }
}
