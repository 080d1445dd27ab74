import { detailFigureText, figureWords, limitName, shortNumber, verdictWords } from '../html/figure-words.js';
import { sectionsOfTheirOwn } from '../html/sections.js';
import type { Figure, Report, ReportFigure } from '../report.js';
import { distributionBars } from './distribution-bars.js';
import { PageWriter } from './page-writer.js';

/** Listed at most, the worst first, as in report.html; report.json has all. */
const pairsMax = 150;
/** Drawn at most, as in report.html. */
const drawingsMax = 120;

/**
 * report.pdf: the figures of report.html on pages, with tags, headings and an outline. Same report, same bytes.
 * Maps of associations and of records are in report.html alone.
 */
export async function reportPdf(report: Report): Promise<Buffer> {
  const pages = new PageWriter(report.title);
  pages.heading(1, report.title);
  pages.paragraph(
    'It compares synthetic with real data and is itself made from real data: it stays in the governed environment until information governance releases it.',
  );
  writeSummary(pages, report);
  writeControls(pages, report);
  writeColumns(pages, report);
  writePairs(pages, report);
  for (const section of sectionsOfTheirOwn) writeSection(pages, report, section);
  writeOthers(pages, report);
  writeLimits(pages, report);
  writeEnd(pages, report);
  return pages.end();
}

function writeSummary(pages: PageWriter, { verdict, figures }: Report): void {
  pages.heading(2, 'Summary');
  pages.paragraph(`${verdictWords[verdict.status]} by the policy.`);
  for (const sentence of verdict.plainWords) pages.paragraph(sentence);
  figureTable(
    pages,
    'Headline figures',
    figures.filter(({ section }) => section === 'headline'),
  );
}

function figureTable(pages: PageWriter, caption: string, figures: readonly ReportFigure[]): void {
  pages.table({
    caption,
    headings: ['Measure', 'Figure', 'Yardstick', 'Better', 'Verdict', 'What it says'],
    widths: [0.2, 0.15, 0.13, 0.1, 0.12, 0.3],
    rows: figures.map((figure) => figureWords(figure)),
  });
}

const shown = (figure: Figure): string =>
  figure.value === null ? 'not computable' : shortNumber(figure.value);

function writeControls(pages: PageWriter, { controls }: Report): void {
  pages.heading(2, 'Beside tables whose quality is known');
  for (const table of new Set(controls.map((control) => control.table))) {
    const columns = controls.filter((control) => control.table === table);
    const [first] = columns;
    if (!first) continue;
    pages.table({
      caption: `The same measures of other tables: ${table}`,
      headings: ['Measure', ...columns.map(({ control }) => control)],
      widths: [0.4, ...columns.map(() => 0.6 / columns.length)],
      rows: first.figures.map(({ title }, at) => [
        title,
        ...columns.map(({ figures }) => {
          const figure = figures[at];
          return figure ? shown(figure) : '';
        }),
      ]),
    });
    pages.list(columns.map(({ control, explanation }) => `${control}: ${explanation}`));
  }
}

const named = (figures: readonly (Figure & { readonly name: string })[]): string =>
  figures.map((figure) => `${figure.name} ${shown(figure)}`).join('; ');

function writeColumns(pages: PageWriter, { columns }: Report): void {
  pages.heading(2, 'Columns');
  pages.table({
    caption: 'May each column be used?',
    headings: ['Column', 'Kind', 'Verdict', 'Reason', 'Figures'],
    widths: [0.2, 0.1, 0.12, 0.33, 0.25],
    rows: columns.map(({ table, column, kind, usability, reason, figures }) => [
      ...[`${table}: ${column}`, kind, usability, reason, named(figures)],
    ]),
  });
  pages.heading(3, 'Distributions: real above, synthetic below, as shares of the rows that have a value');
  for (const { column, kind, distribution } of columns.slice(0, drawingsMax))
    if (kind !== 'not compared') distributionBars(pages, column, distribution);
}

const order = ['do not use', 'use with care', 'use'];

function writePairs(pages: PageWriter, { pairs }: Report): void {
  pages.heading(2, 'Pairs of columns');
  const worst = (figures: readonly Figure[]): number => figures[0]?.value ?? -1;
  const sorted = [...pairs].sort(
    (one, other) =>
      order.indexOf(one.usability) - order.indexOf(other.usability) ||
      worst(one.figures) - worst(other.figures),
  );
  pages.paragraph(`The worst ${Math.min(pairsMax, pairs.length)} of ${pairs.length}; report.json has all.`);
  pages.table({
    caption: 'May each pair be analysed together?',
    headings: ['Pair', 'Verdict', 'Reason', 'Figures'],
    widths: [0.25, 0.12, 0.33, 0.3],
    rows: sorted
      .slice(0, pairsMax)
      .map(({ table, columns, usability, reason, figures }) => [
        ...[`${table}: ${columns.join(' and ')}`, usability, reason, named(figures)],
      ]),
  });
}

function writeSection(pages: PageWriter, report: Report, section: (typeof sectionsOfTheirOwn)[number]): void {
  const figures = report.figures.filter((figure) => figure.section === section);
  pages.heading(2, section.charAt(0).toUpperCase() + section.slice(1));
  if (figures.length === 0) {
    pages.paragraph('Not tested: nothing was declared that it could be measured by.');
    return;
  }
  figureTable(pages, 'Measures', figures);
  for (const { section: of, title, note, headings, rows } of report.details) {
    if (of !== section) continue;
    pages.heading(3, title);
    pages.paragraph(note);
    pages.table({
      ...{ caption: title, headings },
      widths: headings.map(() => 1 / headings.length),
      rows: rows.map((cells) =>
        cells.map((cell) => (typeof cell === 'string' ? cell : detailFigureText(cell))),
      ),
    });
  }
}

function writeOthers(pages: PageWriter, { figures }: Report): void {
  pages.heading(2, 'All other measures');
  const own: readonly string[] = [...sectionsOfTheirOwn, 'headline'];
  const sections = new Set(figures.map(({ section }) => section).filter((name) => !own.includes(name)));
  for (const section of sections)
    figureTable(
      pages,
      section.charAt(0).toUpperCase() + section.slice(1),
      figures.filter((figure) => figure.section === section),
    );
}

function writeLimits(pages: PageWriter, { limits }: Report): void {
  pages.heading(2, 'Limits and where they are from');
  pages.table({
    caption: 'Thresholds of the policy',
    headings: ['Threshold', 'Better', 'Pass', 'Fail', 'Reason'],
    widths: [0.25, 0.1, 0.08, 0.08, 0.49],
    rows: limits.map((limit) => [
      limitName(limit),
      limit.direction,
      shortNumber(limit.pass),
      shortNumber(limit.fail),
      limit.reason,
    ]),
  });
}

function writeEnd(pages: PageWriter, { notTested, figures, inputs, policy, seed }: Report): void {
  pages.heading(2, 'What was not tested');
  const missing = figures.flatMap((figure) =>
    figure.value === null ? [{ what: figure.title, why: figure.reason }] : [],
  );
  pages.list([...notTested, ...missing].map(({ what, why }) => `${what}. ${why}`));
  pages.heading(2, 'Files and policy');
  pages.list(
    inputs.map(
      ({ role, table, rows, columns, sha256 }) =>
        `${role}, ${table}: about ${rows} rows, ${columns} columns, SHA-256 ${sha256}`,
    ),
  );
  pages.paragraph(
    `Counts are rounded to multiples of ${policy.countRounding}; nothing rests on fewer than ${policy.cellCountMin} records. Policy SHA-256 ${policy.sha256}. Seed of all draws: ${seed}.`,
  );
}
