import type { DisclosureControl } from '../../core/profile/profile.js';
import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { DetailTable } from '../details/detail-table.js';
import { countText } from '../figure.js';
import { scoreOf } from '../score.js';
import { representation } from './measures.js';
import type { ComparedGroup } from './compared-groups.js';
import type { GroupUtility } from './group-utility.js';

const section = 'groups of people';

function shown(count: number, control: DisclosureControl): string {
  const disclosed = disclosedCount(count, control);
  return disclosed === 0 ? `fewer than ${control.cellCountMin}` : countText(disclosed);
}

/** Shares are of the rounded counts, so that nothing finer than those can be worked out from them. */
export function groupTable(found: readonly ComparedGroup[], control: DisclosureControl): DetailTable {
  return {
    section,
    title: 'Groups of people',
    note: `Records by group, rounded to multiples of ${control.countRounding}; groups of fewer than ${control.cellCountMin} real records are joined. Likeness is the mean over the other columns; that of small groups is mostly chance.`,
    headings: ['Column', 'Group', 'Real records', 'Synthetic records', 'Representation', 'Likeness'],
    rows: found.map((one) => [
      one.column,
      one.group,
      shown(one.real, control),
      shown(one.synthetic, control),
      scoreOf(Math.round(100 * representation(one)) / 100),
      one.synthetic < control.cellCountMin
        ? { value: null, reason: 'Too few synthetic records of the group.' }
        : one.fidelity,
    ]),
  };
}

export function groupUtilityTable(found: readonly GroupUtility[], control: DisclosureControl): DetailTable {
  return {
    section,
    title: 'Use in models by group',
    note: 'Gradient boosting learned from all real or all synthetic rows and tested on the held-out people of the group: AUC of classes, root mean squared error of numbers. Groups of fewer than 30 held-out records are left out.',
    headings: ['Column', 'Group', 'Held-out records', 'Learned from real', 'Learned from synthetic', 'Loss'],
    rows: found.map(({ column, group, rows, real, synthetic, loss }) => [
      column,
      group,
      shown(rows, control),
      real,
      synthetic,
      loss,
    ]),
  };
}
