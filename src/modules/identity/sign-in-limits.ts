import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, Transactions } from '../platform/index.js';

const msPerMinute = 60_000;
/** So many wrong passwords lock an account out for as long as the window lasts. */
const failuresMax = 10;
export const lockOutMinutes = 15;
/** Guesses that may be under way before the first is found wrong; a right password starts the count again. */
const accountAttemptsMax = 30;
/** Sign-ins of one address that did not succeed. People behind one address share them. */
const addressAttemptsMax = 100;
export const addressWindowMinutes = 5;
const expiredRowsMax = 20;

interface Counter {
  readonly attempts: number;
  readonly failures: number;
}

/**
 * Counts in PostgreSQL, so that all servers share one count. An attempt is counted before its password is looked at:
 * many at once cannot get more guesses than one after the other. Unknown e-mail addresses are counted like known ones.
 */
@Injectable()
export class SignInLimits {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async admitAddress(address: string): Promise<'admitted' | 'refused' | 'refused for the first time'> {
    const { attempts } = await this.count(addressKey(address), addressWindowMinutes);
    if (attempts <= addressAttemptsMax) return 'admitted';
    return attempts === addressAttemptsMax + 1 ? 'refused for the first time' : 'refused';
  }

  async admitAccount(email: string): Promise<boolean> {
    const { attempts, failures } = await this.count(accountKey(email), lockOutMinutes);
    return failures < failuresMax && attempts <= accountAttemptsMax;
  }

  /** True when the lock-out begins with this failure. */
  async countFailure(email: string): Promise<boolean> {
    const [rows] = await this.transactions.reader.query<[Counter[], number]>(
      `UPDATE sign_in_counter SET failures = failures + 1,
         window_ends_at = CASE WHEN failures + 1 = $2 THEN $3::timestamptz ELSE window_ends_at END
       WHERE key = $1 RETURNING attempts, failures`,
      [accountKey(email), failuresMax, this.minutesFromNow(lockOutMinutes)],
    );
    await this.forgetExpired();
    return rows[0]?.failures === failuresMax;
  }

  async countSuccess(email: string, address: string): Promise<void> {
    await this.transactions.reader.query('DELETE FROM sign_in_counter WHERE key = $1 AND failures < $2', [
      accountKey(email),
      failuresMax,
    ]);
    await this.forgive(address, 1);
  }

  /** Attempts of this address that turned out to be part of a sign-in that succeeded. */
  async forgive(address: string, attempts: number): Promise<void> {
    await this.transactions.reader.query(
      'UPDATE sign_in_counter SET attempts = greatest(attempts - $2, 0) WHERE key = $1',
      [addressKey(address), attempts],
    );
  }

  private async count(key: string, windowMinutes: number): Promise<Counter> {
    const [counter] = await this.transactions.reader.query<Counter[]>(
      `INSERT INTO sign_in_counter AS counter (key, attempts, window_ends_at) VALUES ($1, 1, $3)
       ON CONFLICT (key) DO UPDATE SET
         attempts = CASE WHEN counter.window_ends_at <= $2 THEN 1 ELSE counter.attempts + 1 END,
         failures = CASE WHEN counter.window_ends_at <= $2 THEN 0 ELSE counter.failures END,
         window_ends_at = CASE WHEN counter.window_ends_at <= $2 THEN $3 ELSE counter.window_ends_at END
       RETURNING attempts, failures`,
      [key, this.clock.now(), this.minutesFromNow(windowMinutes)],
    );
    if (!counter) throw new Error('A sign-in was not counted.');
    return counter;
  }

  /** A few rows with every failure: the table stays as small as what is going on. */
  private async forgetExpired(): Promise<void> {
    await this.transactions.reader.query(
      `DELETE FROM sign_in_counter WHERE key IN (
         SELECT key FROM sign_in_counter WHERE window_ends_at <= $1 LIMIT ${expiredRowsMax} FOR UPDATE SKIP LOCKED)`,
      [this.clock.now()],
    );
  }

  private minutesFromNow(minutes: number): Date {
    return new Date(this.clock.now().getTime() + minutes * msPerMinute);
  }
}

/** A hash: what people type as an e-mail address is not kept. */
const accountKey = (email: string): string => `account:${sha256Hex(email)}`;

const addressKey = (address: string): string => `address:${addressBlock(address)}`;

/** An IPv6 customer has a /64 to choose addresses from, so that is what counts as one address. */
export function addressBlock(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [before = '', after] = plain.split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = (after ?? '').split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
