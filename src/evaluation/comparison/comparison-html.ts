import { shortNumber } from '../report/html/figure-words.js';
import { badge, escaped, tableHtml } from '../report/html/markup.js';
import type { Cell } from '../report/html/markup.js';
import { style } from '../report/html/style.js';
import type { Score } from '../score.js';
import type { ModelComparison } from './compare-models.js';
import type { ComparedModel } from './compared-model.js';

const [width, height, left, bottom, top] = [560, 340, 60, 50, 20];

/** comparison.html: one file that loads nothing from anywhere. */
export function comparisonHtml({ models, recommendation }: ModelComparison): string {
  const { method, reasons } = recommendation;
  const verdict = method === null ? 'No method is recommended.' : `Recommended: ${method}.`;
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Comparison of generators</title><style>${style}</style></head>
<body><header><h1>Comparison of generators</h1>
<p class="note">Each method learned from the same half of the real rows and was judged against the other half. The page is made from real data: it stays in the governed environment until information governance releases it.</p></header>
<main><div class="verdict ${method === null ? 'fail' : 'pass'}"><p><strong>${escaped(verdict)}</strong></p>${reasons.map((reason) => `<p>${escaped(reason)}</p>`).join('')}</div>
<h2>Fidelity, privacy and time</h2>
${plotSvg(models)}
<p class="note">To the right: more faithful (quality score). Up: more private (1 less the share of synthetic records nearer to training than to held-out records, so one half is as it should be). The larger the circle, the longer it took. A filled circle fails no privacy check.</p>
${tableOf(models, recommendation.ranking)}</main></body></html>
`;
}

function scoreCell(score: Score): Cell {
  return score.value === null
    ? { html: 'not computable' }
    : { html: shortNumber(score.value), isNumber: true };
}

function tableOf(models: readonly ComparedModel[], ranking: readonly string[]): string {
  const rows = ranking.flatMap((name, at) => {
    const model = models.find(({ method }) => method === name);
    if (!model) return [];
    const { fidelity, nearness, seconds, failedPrivacy, failure, checks } = model;
    const loss = checks.find((check) => check.name === 'tstr-auc-loss' || check.name === 'tstr-rmse-excess');
    return [
      [
        name,
        { html: String(at + 1), isNumber: true },
        scoreCell(fidelity),
        scoreCell(nearness),
        { html: failure === null ? shortNumber(Number(seconds.toFixed(2))) : '', isNumber: true },
        badge(failure !== null || failedPrivacy.length > 0 ? 'fail' : 'pass'),
        failure ?? failedPrivacy.join(', '),
        { html: loss ? (loss.value === null ? 'not computable' : shortNumber(loss.value)) : 'not asked' },
      ],
    ];
  });
  const headings = [
    'Method',
    'Rank',
    'Fidelity',
    'Nearer to training',
    'Seconds',
    'Privacy',
    'What fails',
    'Lost in models',
  ];
  return tableHtml('Methods from the best', headings, rows);
}

/** The table below it has the same figures, so the drawing has a name and no more to say. */
function plotSvg(models: readonly ComparedModel[]): string {
  const drawn = models.flatMap(({ method, fidelity, nearness, seconds, failedPrivacy }) =>
    fidelity.value === null || nearness.value === null
      ? []
      : [
          {
            method,
            fidelity: fidelity.value,
            privacy: 1 - nearness.value,
            seconds,
            isPrivate: failedPrivacy.length === 0,
          },
        ],
  );
  if (drawn.length === 0) return '<p>There is no method to draw.</p>';
  const slowest = Math.max(0.001, ...drawn.map(({ seconds }) => seconds));
  const [x, y] = [
    scale(drawn.map(({ fidelity }) => fidelity)),
    scale([...drawn.map(({ privacy }) => privacy), 0.5]),
  ];
  const marks = drawn.map(({ method, fidelity, privacy, seconds, isPrivate }) => {
    const [cx, cy] = [
      left + x(fidelity) * (width - left - 110),
      height - bottom - y(privacy) * (height - bottom - top),
    ];
    const radius = 5 + 12 * Math.sqrt(seconds / slowest);
    return `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="${radius.toFixed(1)}" fill="${isPrivate ? '#1d4f91' : 'none'}" stroke="#1d4f91" stroke-width="2"><title>${escaped(`${method}: fidelity ${shortNumber(fidelity)}, privacy ${shortNumber(privacy)}, ${shortNumber(seconds)} seconds`)}</title></circle><text x="${(cx + radius + 4).toFixed(1)}" y="${(cy + 4).toFixed(1)}" font-size="12">${escaped(method)}</text>`;
  });
  const name = `Fidelity, privacy and time of ${drawn.length} methods; the table below has the figures`;
  return `<svg role="img" aria-label="${escaped(name)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><path d="M${left} ${top}V${height - bottom}H${width - 10}" fill="none" stroke="#59616d"/><text x="${width / 2}" y="${height - 12}" font-size="12" text-anchor="middle">fidelity</text><text x="16" y="${height / 2}" font-size="12" text-anchor="middle" transform="rotate(-90 16 ${height / 2})">privacy</text>${marks.join('')}</svg>`;
}

/** Onto 0.1 to 0.9 of an axis; what is all alike lies in the middle. */
function scale(values: readonly number[]): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => (high > low ? 0.1 + (0.8 * (value - low)) / (high - low) : 0.5);
}
