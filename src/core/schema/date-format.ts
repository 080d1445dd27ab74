/** How dates may be written besides YYYY-MM-DD, as strptime says it, most likely first where several fit. */
export const dateFormats = [
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d-%m-%Y',
  '%d.%m.%Y',
  '%Y/%m/%d',
  '%Y%m%d',
  '%d-%b-%Y',
  '%d %b %Y',
] as const;
export type DateFormat = (typeof dateFormats)[number];

export function isDateFormat(value: unknown): value is DateFormat {
  return dateFormats.some((format) => format === value);
}
