import type { MeasureSection } from '../../measure.js';
import type { Report, ReportFigure } from '../report.js';
import { betterWords, limitName, meaningWords, shortNumber, verdictWords } from './figure-words.js';
import { badge, escaped, tableHtml } from './markup.js';
import type { Cell } from './markup.js';

/** The number, or that there is none. */
function figureCell(figure: { readonly value: number | null }): Cell {
  return figure.value === null
    ? { html: 'not computable' }
    : { html: shortNumber(figure.value), isNumber: true };
}

export function summarySection({ verdict, figures }: Report): string {
  const words = verdict.plainWords.map((sentence) => `<p>${escaped(sentence)}</p>`).join('');
  const headlines = figures.filter(({ section }) => section === 'headline');
  return `<div class="verdict ${verdict.status === 'not judged' ? 'review' : verdict.status}"><p><strong>${verdictWords[verdict.status]} by the policy.</strong></p>${words}</div>
${figureTable('Headline figures', headlines)}`;
}

/** Measures of these stand with the tables behind them. */
export const sectionsOfTheirOwn = [
  'use in models',
  'groups of people',
  'clinical sense',
  'related tables',
] as const satisfies readonly MeasureSection[];

export function figureSections({ figures }: Report): string {
  const own: readonly string[] = sectionsOfTheirOwn;
  const sections = [...new Set(figures.map(({ section }) => section))].filter((name) => !own.includes(name));
  return sections
    .map((section) => {
      const title = section.charAt(0).toUpperCase() + section.slice(1);
      return `<h3>${escaped(title)}</h3>${figureTable(
        title,
        figures.filter((figure) => figure.section === section),
      )}`;
    })
    .join('\n');
}

export function figureTable(caption: string, figures: readonly ReportFigure[]): string {
  const headings = ['Measure', 'Figure', 'Yardstick', 'Better', 'Verdict', 'What it says'];
  const rows = figures.map((figure) => [
    {
      html: `${escaped(figure.table === undefined ? figure.title : `${figure.title}, ${figure.table}`)}<br><small>${escaped(figure.name)}</small>`,
    },
    withInterval(figure),
    yardstick(figure),
    { html: `${betterWords[figure.direction]}<br><small>${escaped(figure.range)}</small>` },
    { html: badge(figure.status).html + thresholdText(figure) },
    { html: escaped(meaningWords(figure)) },
  ]);
  return tableHtml(caption, headings, rows);
}

function withInterval(figure: ReportFigure): Cell {
  if (figure.value === null || !figure.interval) return figureCell(figure);
  const { low, high, level } = figure.interval;
  return {
    html: `${shortNumber(figure.value)}<br><small>${shortNumber(low)} to ${shortNumber(high)} (${Math.round(level * 100)} %)</small>`,
    isNumber: true,
  };
}

function yardstick({ reference }: ReportFigure): Cell {
  if (!reference) return { html: '' };
  const figure = reference.value === null ? 'not computable' : shortNumber(reference.value);
  return { html: `${figure}<br><small>${escaped(reference.label)}</small>` };
}

function thresholdText({ threshold }: ReportFigure): string {
  return threshold
    ? `<br><small>pass ${shortNumber(threshold.pass)}, fail ${shortNumber(threshold.fail)}</small>`
    : '';
}

export function controlSection({ controls }: Report): string {
  const tables = [...new Set(controls.map(({ table }) => table))];
  return tables
    .map((table) => {
      const rows = controls.filter((control) => control.table === table);
      const [first] = rows;
      if (!first) return '';
      const headings = ['Measure', ...rows.map(({ control }) => control)];
      const caption = tables.length > 1 ? `Controls of ${table}` : 'The same measures of other tables';
      const cells = first.figures.map(({ title }, at) => [
        title,
        ...rows.map(({ figures }) => {
          const figure = figures[at];
          return figure ? figureCell(figure) : { html: '' };
        }),
      ]);
      const list = rows.map(
        ({ control, explanation }) =>
          `<li><strong>${escaped(control)}</strong>: ${escaped(explanation)}</li>`,
      );
      return `${tableHtml(caption, headings, cells)}<ul>${list.join('')}</ul>`;
    })
    .join('\n');
}

export function notTestedSection({ notTested, figures }: Report): string {
  const missing = figures.flatMap((figure) =>
    figure.value === null ? [{ what: figure.title, why: figure.reason }] : [],
  );
  const items = [...notTested, ...missing].map(
    ({ what, why }) => `<li><strong>${escaped(what)}.</strong> ${escaped(why)}</li>`,
  );
  return `<ul>${items.join('\n')}</ul>`;
}

/** Why each threshold is where it is, as the policy says. */
export function limitSection({ limits }: Report): string {
  const rows = limits.map((limit) => [
    limitName(limit),
    { html: betterWords[limit.direction] },
    { html: shortNumber(limit.pass), isNumber: true },
    { html: shortNumber(limit.fail), isNumber: true },
    limit.reason,
  ]);
  return tableHtml('Thresholds of the policy', ['Threshold', 'Better', 'Pass', 'Fail', 'Reason'], rows);
}
