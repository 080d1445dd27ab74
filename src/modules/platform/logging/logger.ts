import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Structured lines on standard error. Cell values, passwords and tokens are never handed to it. */
export function createLogger(level: string, process: 'server' | 'worker'): Logger {
  return pino({ level, base: { process } }, pino.destination({ dest: 2, sync: false }));
}

const text = (message: unknown): string => (typeof message === 'string' ? message : String(message));

/** Lets the framework's own lines go the same way. */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(text(message));
  }

  warn(message: unknown): void {
    this.logger.warn(text(message));
  }

  error(message: unknown): void {
    this.logger.error(text(message));
  }

  debug(message: unknown): void {
    this.logger.trace(text(message));
  }

  fatal(message: unknown): void {
    this.logger.fatal(text(message));
  }
}
