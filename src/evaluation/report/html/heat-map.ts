import type { Cloud, PairVerdict } from '../report.js';
import { shortNumber } from './figure-words.js';
import { escaped } from './markup.js';

/** More columns than this would be no longer legible. */
const columnsMax = 40;

type Side = 'real' | 'synthetic';

/** Associations of the columns of one table, real, synthetic and their difference, as three maps on one scale. */
export function associationMaps(pairs: readonly PairVerdict[]): string {
  const names = [...new Set(pairs.flatMap(({ columns }) => columns))];
  const shown = names.slice(0, columnsMax);
  const strengths = { real: strengthsOf(pairs, 'real'), synthetic: strengthsOf(pairs, 'synthetic') };
  const difference = new Map(
    [...strengths.real].flatMap(([key, value]) => {
      const other = strengths.synthetic.get(key);
      return other === undefined ? [] : [[key, other - value] as const];
    }),
  );
  const note =
    names.length > columnsMax
      ? `<p class="note">The first ${columnsMax} of ${names.length} columns; report.json has all pairs.</p>`
      : '';
  const maps = [
    mapSvg('Real associations', shown, strengths.real),
    mapSvg('Synthetic associations', shown, strengths.synthetic),
    mapSvg('Synthetic less real', shown, difference),
  ];
  return `${note}<div class="pairmaps">${maps.join('')}</div>
<p class="note">Each square is a pair of columns: blue for positive, orange for negative, the darker the stronger (correlation, Cramer's V or correlation ratio). Columns are numbered in the order of the table of columns: ${shown.map((name, at) => `${at + 1} ${escaped(name)}`).join(', ')}.</p>`;
}

function keyOf(first: string, second: string): string {
  return JSON.stringify([first, second]);
}

function strengthsOf(pairs: readonly PairVerdict[], side: Side): Map<string, number> {
  return new Map(
    pairs.flatMap(({ columns: [first, second], figures }) => {
      const figure = figures.find(({ name }) => name.endsWith(`, ${side}`));
      return figure && figure.value !== null ? [[keyOf(first, second), figure.value] as const] : [];
    }),
  );
}

function mapSvg(title: string, names: readonly string[], values: ReadonlyMap<string, number>): string {
  const cell = Math.max(5, Math.min(18, Math.floor(300 / Math.max(1, names.length))));
  const size = names.length * cell + 16;
  const squares = names.flatMap((first, row) =>
    names.map((second, column) => {
      const value =
        row === column ? 1 : (values.get(keyOf(first, second)) ?? values.get(keyOf(second, first)));
      if (value === undefined || (row === column && title.startsWith('Synthetic less'))) return '';
      const tip =
        row === column ? '' : `<title>${escaped(`${first} and ${second}: ${shortNumber(value)}`)}</title>`;
      return `<rect x="${16 + column * cell}" y="${16 + row * cell}" width="${cell}" height="${cell}" fill="${colour(value)}">${tip}</rect>`;
    }),
  );
  const numbers =
    cell < 9
      ? ''
      : names
          .map(
            (_, at) =>
              `<text x="${16 + at * cell + cell / 2}" y="12" font-size="8" text-anchor="middle">${at + 1}</text><text x="13" y="${16 + at * cell + cell / 2 + 3}" font-size="8" text-anchor="end">${at + 1}</text>`,
          )
          .join('');
  return `<figure><svg role="img" aria-label="${escaped(`${title} of ${names.length} columns`)}" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}"><rect x="16" y="16" width="${size - 16}" height="${size - 16}" fill="#f2f3f5"/>${numbers}${squares.join('')}</svg><figcaption>${escaped(title)}</figcaption></figure>`;
}

function colour(value: number): string {
  const strength = Math.min(1, Math.abs(value));
  const towards = value >= 0 ? [29, 79, 145] : [179, 89, 0];
  const mixed = towards.map((part) => Math.round(255 + (part - 255) * strength));
  return `rgb(${mixed.join(',')})`;
}

/** Both tables on the two main directions of the real one: the darker a square, the more records. */
export function cloudMaps({ table, side, real, synthetic }: Cloud): string {
  const most = Math.max(...real, ...synthetic, 1e-9);
  const cell = 14;
  const map = (title: string, shares: readonly number[], tone: string): string => {
    const squares = shares.map((share, at) =>
      share === 0
        ? ''
        : `<rect x="${(at % side) * cell}" y="${(side - 1 - Math.floor(at / side)) * cell}" width="${cell}" height="${cell}" fill="${tone}" fill-opacity="${Math.sqrt(share / most).toFixed(3)}"/>`,
    );
    const size = side * cell;
    return `<figure><svg role="img" aria-label="${escaped(`${title} records of ${table} on the two main directions of the real records`)}" viewBox="0 0 ${size} ${size}" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#f2f3f5"/>${squares.join('')}</svg><figcaption>${title}</figcaption></figure>`;
  };
  return `<div class="pairmaps">${map('Real', real, '#1d4f91')}${map('Synthetic', synthetic, '#b35900')}</div>`;
}
