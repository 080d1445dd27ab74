import type { Report } from '../report.js';
import { cloudMaps, associationMaps } from './heat-map.js';
import { columnSection, pairSection } from './usability-sections.js';
import { detailSection } from './detail-sections.js';
import {
  controlSection,
  figureSections,
  limitSection,
  notTestedSection,
  sectionsOfTheirOwn,
  summarySection,
} from './sections.js';
import { escaped } from './markup.js';
import { style } from './style.js';

const sectionTitles = {
  'use in models': 'Use in models',
  'groups of people': 'Groups of people',
  'clinical sense': 'Clinical sense',
  'related tables': 'Related tables and whole people',
} as const;

/** report.html: one file that loads nothing from anywhere. */
export function reportHtml(report: Report): string {
  const sections = [
    ['summary', 'Summary', summarySection(report)],
    ['controls', 'Beside tables whose quality is known', controlSection(report)],
    ['columns', 'Columns', columnSection(report)],
    ['pairs', 'Pairs of columns', pairSection(report)],
    ['associations', 'Maps of associations', mapsOf(report)],
    ['records', 'Whole records', cloudsOf(report)],
    ...sectionsOfTheirOwn.map(
      (name) => [name.replaceAll(' ', '-'), sectionTitles[name], detailSection(report, name)] as const,
    ),
    ['measures', 'All other measures', figureSections(report)],
    ['limits', 'Limits and where they are from', limitSection(report)],
    ['not-tested', 'What was not tested', notTestedSection(report)],
    ['inputs', 'Files and policy', inputsOf(report)],
  ] as const;
  const links = sections.map(([id, title]) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join('');
  const body = sections
    .map(
      ([id, title, html]) =>
        `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escaped(title)}</h2>\n${html}\n</section>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(report.title)}</title><style>${style}</style></head>
<body><a class="skip" href="#summary">Skip to the summary</a>
<header><h1>${escaped(report.title)}</h1>
<p class="note">It compares synthetic with real data and is itself made from real data: it stays in the governed environment until information governance releases it.</p></header>
<nav aria-label="Contents"><ul>${links}</ul></nav>
<main>
${body}
</main></body></html>
`;
}

function mapsOf({ pairs }: Report): string {
  const tables = [...new Set(pairs.map(({ table }) => table))];
  if (tables.length === 0) return '<p>There is no pair of columns to show.</p>';
  return tables
    .map((table) => {
      const heading = tables.length > 1 ? `<h3>${escaped(table)}</h3>` : '';
      return heading + associationMaps(pairs.filter((pair) => pair.table === table));
    })
    .join('\n');
}

function cloudsOf({ clouds, policy }: Report): string {
  if (clouds.length === 0) return '<p>Fewer than two columns vary, so there is nothing to lay out.</p>';
  const maps = clouds.map(
    (cloud) => (clouds.length > 1 ? `<h3>${escaped(cloud.table)}</h3>` : '') + cloudMaps(cloud),
  );
  return `<p>Both tables on the two directions in which the real records vary most (principal components of the real table alone). The darker a square, the more records; squares of fewer than ${policy.cellCountMin} records are left empty.</p>\n${maps.join('\n')}`;
}

function inputsOf({ inputs, policy, seed }: Report): string {
  const files = inputs
    .map(
      ({ role, table, rows, columns, sha256 }) =>
        `<li>${escaped(`${role}, ${table}`)}: about ${rows} rows, ${columns} columns, SHA-256 <code style="overflow-wrap:anywhere">${escaped(sha256)}</code></li>`,
    )
    .join('');
  return `<ul>${files}</ul><p>Counts are rounded to multiples of ${policy.countRounding}; nothing rests on fewer than ${policy.cellCountMin} records. Policy SHA-256 <code style="overflow-wrap:anywhere">${escaped(policy.sha256)}</code>. Seed of all draws: ${escaped(seed)}.</p>`;
}
