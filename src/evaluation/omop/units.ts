import { nameLiteral } from '../../core/files/sql-literal.js';
import type { Check, CheckCounts } from './check.js';
import type { UnitUse } from './counting.js';

/** Stands in a list of units for having none. */
const noUnit = '-1';

/** How often each concept of a field has each unit. */
export function unitUseSql(table: string, field: string): string {
  return `SELECT ${nameLiteral(field)} AS concept, unit_concept_id AS unit, count(*) AS rows
    FROM ${nameLiteral(table)} GROUP BY ALL`;
}

/** Records of a measurement whose unit is none of those that make sense; a unit that was not mapped (0) is left to other checks. */
export function countUnits({ row }: Check, uses: readonly UnitUse[]): CheckCounts {
  const plausible = (row['plausibleUnitConceptIds'] ?? '').split(',').map((id) => id.trim());
  const units = new Set(plausible.filter((id) => id !== noUnit));
  let [violated, denominator] = [0, 0];
  for (const { conceptId, unitConceptId, rows } of uses) {
    if (conceptId !== row['conceptId'] || unitConceptId === '0') continue;
    denominator += rows;
    if (unitConceptId !== null && !units.has(unitConceptId)) violated += rows;
  }
  return { violated, denominator };
}
