/**
 * A limit as the tables of the checks write it, as SQL: a number, a day such as `'19500101'`, tomorrow, next year.
 * @param today ISO date: what counts as the day of the run
 * @throws {Error} for any other text
 */
export function limitSql(text: string, today: string): string {
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  const [, year, month, day] = /^'(\d{4})(\d{2})(\d{2})'$/.exec(text) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) return `DATE '${year}-${month}-${day}'`;
  switch (text.replaceAll(' ', '').toUpperCase()) {
    case 'DATEADD(DD,1,GETDATE())':
      return `CAST(DATE '${today}' + INTERVAL 1 DAY AS DATE)`;
    case 'YEAR(GETDATE())+1':
      return `(year(DATE '${today}') + 1)`;
    default:
      throw new Error(`The limit ${text} of a check cannot be read.`);
  }
}
