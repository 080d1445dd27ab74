import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, CONFIG, type Config } from '../platform/index.js';

const msPerMinute = 60_000;

interface Counter {
  readonly minute: number;
  readonly calls: number;
}

/**
 * How much one account may ask of this server process in one minute of the clock, by sessions and API tokens together.
 * A field of a GraphQL document counts as one call, as does a download.
 */
@Injectable()
export class RequestLimits {
  private readonly counters = new Map<string, Counter>();
  private minute = 0;
  private readonly callsMax: number;

  constructor(
    @Inject(CONFIG) { callsPerMinute }: Pick<Config, 'callsPerMinute'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.callsMax = callsPerMinute;
  }

  admit(personId: string): 'admitted' | 'refused' | 'refused for the first time' {
    const minute = Math.floor(this.clock.now().getTime() / msPerMinute);
    if (minute !== this.minute) this.counters.clear();
    this.minute = minute;
    const calls = (this.counters.get(personId)?.calls ?? 0) + 1;
    this.counters.set(personId, { minute, calls });
    if (calls <= this.callsMax) return 'admitted';
    return calls === this.callsMax + 1 ? 'refused for the first time' : 'refused';
  }
}
