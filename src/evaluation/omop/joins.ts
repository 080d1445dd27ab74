import { nameLiteral } from '../../core/files/sql-literal.js';
import type { CdmReference } from '../../core/omop/cdm.js';
import type { Join } from './counting.js';

/** The row that a field names; `alias.key` is NULL where there is none. */
export function parentJoin(field: string, { table, field: key }: CdmReference): Join {
  const alias = nameLiteral(`parent of ${field}`);
  return {
    alias,
    sql: `LEFT JOIN (SELECT DISTINCT ${nameLiteral(key)} AS key FROM ${nameLiteral(table)}) AS ${alias}
      ON ${alias}.key = t.${nameLiteral(field)}`,
  };
}

/** `birth.born`: the day of birth; where only the year or month is known, its first day. */
export const birthJoin: Join = {
  alias: 'birth',
  sql: `LEFT JOIN (
    SELECT person_id, min(coalesce(CAST(birth_datetime AS DATE),
      TRY(make_date(year_of_birth, coalesce(month_of_birth, 1), coalesce(day_of_birth, 1))))) AS born
    FROM person GROUP BY person_id) AS birth ON birth.person_id = t.person_id`,
};

/** `death.died` */
export const deathJoin: Join = {
  alias: 'death',
  sql: `LEFT JOIN (SELECT person_id, min(death_date) AS died FROM death GROUP BY person_id) AS death
    ON death.person_id = t.person_id`,
};

/** `visit.starts` and `visit.ends` */
export const visitJoin: Join = {
  alias: 'visit',
  sql: `LEFT JOIN (
    SELECT visit_occurrence_id, min(visit_start_date) AS starts, max(visit_end_date) AS ends
    FROM visit_occurrence GROUP BY visit_occurrence_id) AS visit
    ON visit.visit_occurrence_id = t.visit_occurrence_id`,
};
