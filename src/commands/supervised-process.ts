import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { RestartBudget, restartsPerMinuteMax } from './restart-budget.js';

const restartDelayMs = 250;

export interface SupervisedProcessOptions {
  readonly name: string;
  readonly script: string;
  readonly environment: NodeJS.ProcessEnv;
  /** How long a stop may take before the process is killed. */
  readonly stopMsMax: number;
  readonly complain: (line: string) => void;
  /** Called once, when the process dies faster than it may be restarted. */
  readonly giveUp: (reason: string) => void;
}

/** A Node process that is started again when it dies, until it is told to stop. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private readonly budget = new RestartBudget();

  constructor(private readonly options: SupervisedProcessOptions) {}

  start(): void {
    const { script, environment } = this.options;
    const child = spawn(process.execPath, ['--enable-source-maps', script], {
      env: environment,
      stdio: 'inherit',
    });
    this.child = child;
    child.once('error', (error) => {
      this.ended(child, error.message);
    });
    child.once('exit', (code, signal) => {
      this.ended(child, signal ?? `exit code ${code ?? '?'}`);
    });
  }

  /** Asks, waits, then kills; the process is gone when this resolves. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { name, stopMsMax, complain } = this.options;
    const child = this.child;
    if (child === undefined) return;
    const gone = new Promise<void>((resolve) =>
      child.once('exit', () => {
        resolve();
      }),
    );
    child.kill('SIGTERM');
    const timer = setTimeout(() => {
      complain(`The ${name} did not stop within ${stopMsMax / 1000} seconds and is killed.`);
      child.kill('SIGKILL');
    }, stopMsMax);
    await gone;
    clearTimeout(timer);
  }

  private ended(child: ChildProcess, how: string): void {
    if (this.child !== child) return;
    this.child = undefined;
    if (!this.stopping) void this.restart(how);
  }

  /** A moment's wait: with Ctrl-C the processes may die before we hear that we are to stop, too. */
  private async restart(how: string): Promise<void> {
    const { name, complain, giveUp } = this.options;
    await sleep(restartDelayMs);
    if (this.stopping) return;
    if (this.budget.spend()) {
      complain(`The ${name} ended unexpectedly (${how}) and is started again.`);
      this.start();
    } else {
      giveUp(
        `The ${name} ended ${restartsPerMinuteMax + 1} times within a minute (last: ${how}); giving up.`,
      );
    }
  }
}
