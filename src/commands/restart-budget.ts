const windowMs = 60_000;
export const restartsPerMinuteMax = 5;

/** Allows a handful of restarts a minute: what dies faster than that will not get better by itself. */
export class RestartBudget {
  private spentAtMs: number[] = [];

  /** `nowMs` is any clock that only goes forward. */
  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  spend(): boolean {
    const now = this.nowMs();
    this.spentAtMs = this.spentAtMs.filter((spentAt) => now - spentAt < windowMs);
    if (this.spentAtMs.length >= restartsPerMinuteMax) return false;
    this.spentAtMs.push(now);
    return true;
  }
}
