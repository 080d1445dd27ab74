import type { MeasureSection } from '../../measure.js';
import type { Report, ReportDetail } from '../report.js';
import { shortNumber } from './figure-words.js';
import { escaped, tableHtml } from './markup.js';
import type { Cell } from './markup.js';
import { figureTable } from './sections.js';

/** Measures of what was declared, with the tables behind them; what was not declared says so. */
export function detailSection(report: Report, section: MeasureSection): string {
  const figures = report.figures.filter((figure) => figure.section === section);
  const tables = report.details.filter((detail) => detail.section === section);
  const measured = figures.length === 0 ? `<p>${absent[section]}</p>` : figureTable('Measures', figures);
  return [measured, ...tables.map(detailHtml)].join('\n');
}

const absent: Readonly<Record<MeasureSection, string>> = {
  'use in models':
    'Not tested: it needs a target column (--target) and real rows that were held out (--holdout).',
  'groups of people':
    'Not tested: no column was declared that says which group a record is about (--protected).',
  'clinical sense': 'Not tested: no rules were declared (--rules).',
  'related tables':
    'Not tested: attacks on whole people need several tables that belong together (--metadata), the table with one row for each (--subjects) and other people who were held out (--holdout).',
};

function detailHtml({ title, note, headings, rows }: ReportDetail): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : figureCell(cell))));
  return `<h3>${escaped(title)}</h3><p class="note">${escaped(note)}</p>${tableHtml(title, headings, cells)}`;
}

function figureCell(figure: Exclude<ReportDetail['rows'][number][number], string>): Cell {
  if (figure.value === null) return { html: `not computable<br><small>${escaped(figure.reason)}</small>` };
  const { interval } = figure;
  const range = interval
    ? `<br><small>${shortNumber(interval.low)} to ${shortNumber(interval.high)}</small>`
    : '';
  return { html: `${shortNumber(figure.value)}${range}`, isNumber: true };
}
