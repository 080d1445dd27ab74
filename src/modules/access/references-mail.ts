import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, CONFIG, type Config, temporaryName } from '../platform/index.js';

export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Where letters to referees and grant holders go out. */
export interface ReferencesMail {
  send(letter: Letter): Promise<void>;
}

export const REFERENCES_MAIL = Symbol('ReferencesMail');

/** Letters as files, one each, for the operator's own means of sending; readable by the service alone. */
@Injectable()
export class FileMail implements ReferencesMail {
  private readonly directory: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.directory = join(config.home, 'mail');
  }

  async send({ to, subject, text }: Letter): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const at = this.clock.now().toISOString().replaceAll(':', '-');
    const letter = JSON.stringify({ to, subject, text }, null, 2);
    // Whoever sends the files on must never find half a letter.
    const unfinished = join(this.directory, temporaryName('.letter'));
    await writeFile(unfinished, letter, { flag: 'wx', mode: 0o600, flush: true });
    await rename(unfinished, join(this.directory, `${at}-${randomUUID()}.json`));
  }
}
