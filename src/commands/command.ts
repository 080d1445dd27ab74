import type { ParseArgsConfig } from 'node:util';
import type { Config } from '../modules/platform/config/config.js';

export interface CommandContext {
  /** Parsed when asked for: `help` must work with a broken environment too. */
  readonly loadConfig: () => Config;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** What the processes we start inherit. */
  readonly environment: NodeJS.ProcessEnv;
}

/** One thing `picketfence` can do; `run` answers the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(context: CommandContext, values: Readonly<Record<string, unknown>>): Promise<number>;
}
