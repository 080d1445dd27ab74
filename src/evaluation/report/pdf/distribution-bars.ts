import type { Distribution } from '../distribution.js';
import { pageText } from './page-text.js';
import type { PageWriter } from './page-writer.js';

const [barHeight, gap, labelWidth, titleHeight, groupsMax] = [5, 3, 130, 14, 40];
const labelLength = 26;

/** Two bars a group, real above synthetic; the words beside it say the rounded counts. */
export function distributionBars(pages: PageWriter, column: string, distribution: Distribution): void {
  if (distribution.bars === null) return;
  const { bars, rows } = distribution;
  const shownBars = bars.slice(0, groupsMax);
  const share = (count: number, total: number): number => (total === 0 ? 0 : Math.min(1, count / total));
  const most = Math.max(
    0.01,
    ...shownBars.map((bar) => Math.max(share(bar.real, rows.real), share(bar.synthetic, rows.synthetic))),
  );
  const step = 2 * barHeight + gap;
  const counts = shownBars.map(({ label, real, synthetic }) => `${label}: ${real} and ${synthetic}`);
  const words = `Distribution of ${column}, rounded counts of real and synthetic rows. ${counts.join('; ')}`;
  pages.figure(titleHeight + shownBars.length * step + 8, words, (page, x, y) => {
    page.font('Helvetica-Bold').fontSize(8).fillColor('#1b1b1b');
    page.text(pageText(column), x, y, { lineBreak: false });
    const length = (part: number): number => (part / most) * (pages.width - labelWidth);
    shownBars.forEach(({ label, real, synthetic }, at) => {
      const top = y + titleHeight + at * step;
      const text = label.length > labelLength ? `${label.slice(0, labelLength - 1)}…` : label;
      page.font('Helvetica').fontSize(7).fillColor('#1b1b1b');
      page.text(pageText(text), x, top + 1, { lineBreak: false });
      page.rect(x + labelWidth, top, length(share(real, rows.real)), barHeight).fill('#1d4f91');
      page
        .rect(x + labelWidth, top + barHeight, length(share(synthetic, rows.synthetic)), barHeight)
        .fill('#b35900');
    });
  });
}
