/** Tells of a run on one line: how far it is, how fast, and how long it will take. */
export class Progress {
  readonly #begun: number;
  #told: number;

  constructor(
    readonly total: number,
    readonly terminal: { readonly isTTY?: boolean; write(text: string): unknown },
    readonly now: () => number,
  ) {
    this.#begun = now();
    this.#told = this.#begun;
  }

  /** @param places that are done; @param patients that were written for them */
  tell(places: number, patients: number): void {
    const now = this.now();
    const isLast = places >= this.total;
    if (this.terminal.isTTY !== true || (now - this.#told < 200 && !isLast)) return;
    this.#told = now;
    this.terminal.write(`\r${progressText({ places, patients, total: this.total, ms: now - this.#begun })}`);
    if (isLast) this.terminal.write('\n');
  }
}

const barLength = 24;

export function progressText(of: { places: number; patients: number; total: number; ms: number }): string {
  const share = of.places / of.total;
  const done = Math.floor(share * barLength);
  const left = share > 0 ? (of.ms / share) * (1 - share) : 0;
  const perSecond = of.patients / Math.max(0.001, of.ms / 1000);
  const bar = '#'.repeat(done) + '.'.repeat(barLength - done);
  return `[${bar}] ${of.patients} patients, ${perSecond.toFixed(1)} a second, ${timeText(left)} left `;
}

function timeText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
