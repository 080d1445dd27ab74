const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** A count for people: 12,345. */
export function countText(count: number): string {
  return whole.format(count);
}

/** An expected number for people, with three digits that matter: 0.0123, 1.5, 12,300. */
export function figureText(figure: number): string {
  if (figure > 0 && figure < 0.001) return 'less than 0.001';
  return short.format(figure);
}

/** A share for people, never rounded up to 100 %: 99.9 %. */
export function percentText(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** "1 row", "2 rows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
