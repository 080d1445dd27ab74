import type { ColumnVerdict, PairVerdict, Report, Usability } from '../report.js';
import { distributionSvg } from './distribution-svg.js';
import { shortNumber } from './figure-words.js';
import { badge, escaped, tableHtml } from './markup.js';

/** Drawn at most; all columns are in the table above the drawings. */
const drawingsMax = 120;
/** Listed at most; report.json has all pairs. */
const pairsMax = 150;

const order: readonly Usability[] = ['do not use', 'use with care', 'use'];

export function columnSection({ columns }: Report): string {
  const several = new Set(columns.map(({ table }) => table)).size > 1;
  const nameOf = ({ table, column }: ColumnVerdict): string => (several ? `${table}.${column}` : column);
  const rows = columns.map((verdict) => [
    nameOf(verdict),
    verdict.kind,
    badge(verdict.usability),
    verdict.reason,
    { html: figureWords(verdict.figures) },
  ]);
  const table = tableHtml(
    'May each column be used?',
    ['Column', 'Kind', 'Verdict', 'Reason', 'Figures'],
    rows,
  );
  const drawn = columns.filter(({ kind }) => kind !== 'not compared').slice(0, drawingsMax);
  const cards = drawn.map(
    (verdict) =>
      `<div class="card"><h3>${escaped(nameOf(verdict))}</h3><p>${badge(verdict.usability).html}</p>${distributionSvg(nameOf(verdict), verdict.distribution)}</div>`,
  );
  const legend =
    '<p class="legend"><span><i class="swatch" style="background:var(--real)"></i>real</span><span><i class="swatch" style="background:var(--made)"></i>synthetic</span> shares of the rows that have a value</p>';
  return `${table}\n<h3>Distributions</h3>${legend}<div class="cards">${cards.join('\n')}</div>`;
}

export function pairSection({ pairs }: Report): string {
  const several = new Set(pairs.map(({ table }) => table)).size > 1;
  const sorted = [...pairs].sort(
    (one, other) =>
      order.indexOf(one.usability) - order.indexOf(other.usability) || worstOf(one) - worstOf(other),
  );
  const rows = sorted
    .slice(0, pairsMax)
    .map((verdict) => [
      `${several ? `${verdict.table}: ` : ''}${verdict.columns.join(' and ')}`,
      badge(verdict.usability),
      verdict.reason,
      { html: figureWords(verdict.figures) },
    ]);
  if (rows.length === 0) return '<p>There is no pair of columns.</p>';
  const count = (usability: Usability): number => pairs.filter((pair) => pair.usability === usability).length;
  const summary = `<p>${count('use')} pairs: use. ${count('use with care')} pairs: use with care. ${count('do not use')} pairs: do not use. The worst ${rows.length} are listed, the worst first; report.json has all.</p>`;
  return (
    summary + tableHtml('May each pair be analysed together?', ['Pair', 'Verdict', 'Reason', 'Figures'], rows)
  );
}

function worstOf({ figures }: PairVerdict): number {
  return figures[0]?.value ?? -1;
}

function figureWords(figures: readonly { readonly name: string; readonly value: number | null }[]): string {
  return figures
    .map(({ name, value }) => `${escaped(name)} ${value === null ? 'not computable' : shortNumber(value)}`)
    .map((line) => `<span class="line">${line}</span>`)
    .join('<br>');
}
