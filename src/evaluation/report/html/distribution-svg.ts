import { escaped } from './markup.js';
import type { Distribution } from '../distribution.js';

const [width, barHeight, gap, labelWidth] = [320, 7, 4, 120];
const labelLength = 20;

/** Two bars a group, real above synthetic, as shares of the rows that have a value; the counts stand in the table below. */
export function distributionSvg(column: string, distribution: Distribution): string {
  if (distribution.bars === null)
    return `<p class="note">No distribution is shown. ${escaped(distribution.reason)}</p>`;
  const { bars, rows } = distribution;
  const share = (count: number, total: number): number => (total === 0 ? 0 : Math.min(1, count / total));
  const most = Math.max(
    0.01,
    ...bars.map(({ real, synthetic }) => Math.max(share(real, rows.real), share(synthetic, rows.synthetic))),
  );
  const step = 2 * barHeight + gap;
  const height = bars.length * step + 2;
  const length = (part: number): string => ((part / most) * (width - labelWidth)).toFixed(1);
  const groups = bars.map(({ label, real, synthetic }, at) => {
    const top = at * step + 1;
    const text = label.length > labelLength ? `${label.slice(0, labelLength - 1)}…` : label;
    return [
      `<text x="${labelWidth - 5}" y="${top + barHeight + 4}" text-anchor="end" font-size="10">${escaped(text)}</text>`,
      `<rect x="${labelWidth}" y="${top}" height="${barHeight}" width="${length(share(real, rows.real))}" fill="var(--real)"/>`,
      `<rect x="${labelWidth}" y="${top + barHeight}" height="${barHeight}" width="${length(share(synthetic, rows.synthetic))}" fill="var(--made)"/>`,
    ].join('');
  });
  const name = `Distribution of ${column}: real and synthetic shares of ${bars.length} groups`;
  const list = bars
    .map(
      ({ label, real, synthetic }) =>
        `<tr><th scope="row">${escaped(label)}</th><td class="number">${real}</td><td class="number">${synthetic}</td></tr>`,
    )
    .join('');
  return `<svg role="img" aria-label="${escaped(name)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${groups.join('')}</svg>
<details><summary>Counts of ${escaped(column)}, rounded</summary><table><thead><tr><th scope="col">Group</th><th scope="col">Real</th><th scope="col">Synthetic</th></tr></thead><tbody>${list}</tbody></table></details>`;
}
