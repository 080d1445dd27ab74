import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { DetailTable } from '../details/detail-table.js';
import { countText } from '../figure.js';
import type { CheckedRules } from './rule-findings.js';

/** Counts of real records are rounded, and none under the smallest cell is shown; synthetic records are nobody's. */
export function ruleTable({ rules }: CheckedRules, control: DisclosureControl): DetailTable {
  const shown = (count: number): string => {
    const disclosed = disclosedCount(count, control);
    return disclosed === 0 ? `fewer than ${control.cellCountMin}` : countText(disclosed);
  };
  return {
    section: 'clinical sense',
    title: 'Clinical rules',
    note: `Records each rule is about and records that break it. Real counts are rounded to multiples of ${control.countRounding}.`,
    headings: [
      'Rule',
      'Kind',
      'Says',
      'Real: about',
      'Real: broken',
      'Synthetic: about',
      'Synthetic: broken',
    ],
    rows: rules.map(({ rule, real, synthetic }) => [
      ...[rule.name, rule.kind, rule.says ?? ''],
      ...[shown(real.applicable), shown(real.violations)],
      ...[countText(synthetic.applicable), countText(synthetic.violations)],
    ]),
  };
}
