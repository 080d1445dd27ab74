import type { Figure, FigureStatus, ReportFigure, ReportLimit } from '../report.js';

/** Up to four digits that matter, for people; report.json has all of them. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < 0.0001) return value.toExponential(1);
  return String(Number(value.toPrecision(4)));
}

export const verdictWords: Readonly<Record<FigureStatus, string>> = {
  pass: 'Passes',
  review: 'To be reviewed',
  fail: 'Fails',
  'not judged': 'Not judged',
};

export const betterWords = {
  higher: 'higher',
  lower: 'lower',
  'near-reference': 'near its yardstick',
} as const;

/** What a row of a table of figures says, cell by cell: measure, figure, yardstick, better, verdict, meaning. */
export function figureWords(figure: ReportFigure): string[] {
  const { title, table, name, direction, range, status, threshold, reference } = figure;
  const number = figure.value === null ? 'not computable' : shortNumber(figure.value);
  const interval = figure.value === null ? undefined : figure.interval;
  const yardstick = reference
    ? `${reference.value === null ? 'not computable' : shortNumber(reference.value)} (${reference.label})`
    : '';
  const limits = threshold
    ? ` (pass ${shortNumber(threshold.pass)}, fail ${shortNumber(threshold.fail)})`
    : '';
  return [
    `${table === undefined ? title : `${title}, ${table}`} (${name})`,
    interval
      ? `${number} (${shortNumber(interval.low)} to ${shortNumber(interval.high)}, ${Math.round(interval.level * 100)} %)`
      : number,
    yardstick,
    `${betterWords[direction]} (${range})`,
    `${status}${limits}`,
    meaningWords(figure),
  ];
}

/** What the measure says, and why there is no figure where there is none. */
export function meaningWords(figure: ReportFigure): string {
  return figure.value === null && figure.meaning !== figure.reason
    ? `${figure.meaning} ${figure.reason}`
    : figure.meaning;
}

/** A figure in a table of details. */
export function detailFigureText(figure: Figure): string {
  if (figure.value === null) return `not computable: ${figure.reason}`;
  const { value, interval } = figure;
  return interval
    ? `${shortNumber(value)} (${shortNumber(interval.low)} to ${shortNumber(interval.high)})`
    : shortNumber(value);
}

export function limitName({ of, name }: ReportLimit): string {
  return of === 'figure' ? name : `${name} (of each ${of})`;
}
