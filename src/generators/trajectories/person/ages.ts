import { msPerDay } from '../../../core/time/units.js';

const msPerYear = 365.2425 * msPerDay;
const msPerMonth = msPerYear / 12;

/** Calendar ages in whole years and months (UTC) of somebody born at a moment; anniversaries are worked out once. */
export class Ages {
  readonly #birth: Date;
  readonly #months: number[] = [];

  constructor(readonly birth: number) {
    this.#birth = new Date(birth);
  }

  /**
   * The moment at which somebody has lived so many calendar months. Where the month has no such day, it is the last
   * one, as with most calendars: born on 31 January, one month old on 28 or 29 February.
   */
  monthsAfterBirth(months: number): number {
    const known = this.#months[months];
    if (known !== undefined) return known;
    const date = new Date(this.birth);
    const day = this.#birth.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(this.#birth.getUTCMonth() + months);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, last));
    return (this.#months[months] = date.getTime());
  }

  /** Whole months lived at `time`; 0 before birth. */
  months(time: number): number {
    let months = Math.max(0, Math.floor((time - this.birth) / msPerMonth));
    while (months > 0 && this.monthsAfterBirth(months) > time) months -= 1;
    while (this.monthsAfterBirth(months + 1) <= time) months += 1;
    return months;
  }

  /** Whole years lived at `time`; 0 before birth. */
  years(time: number): number {
    let years = Math.max(0, Math.floor((time - this.birth) / msPerYear));
    while (years > 0 && this.monthsAfterBirth(12 * years) > time) years -= 1;
    while (this.monthsAfterBirth(12 * (years + 1)) <= time) years += 1;
    return years;
  }
}
