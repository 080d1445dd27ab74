import type { ClientBase } from 'pg';
import type { AuditLink } from './audit.chain.js';

const pageRows = 1000;

/**
 * Times to the microsecond, where somebody could hide a change: what was recorded has milliseconds. By a cursor and
 * not by number, as an owner could have made two events of one number.
 */
const declareCursor = `
  DECLARE audit_links NO SCROLL CURSOR FOR
  SELECT sequence::text, coalesce(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'never') AS at,
         actor_id::text AS "actorId", actor_kind AS "actorKind", action, subject_type AS "subjectType",
         subject_id AS "subjectId", outcome, details::text AS details, previous_hash AS "previousHash", hash
  FROM audit_event ORDER BY audit_event.sequence, hash`;

type Row = Omit<AuditLink, 'details'> & { readonly details: string };

/** The chain as it lies in the database, a page at a time. In a transaction, as one cursor goes through all of it. */
export async function* linksInDatabase(client: ClientBase): AsyncGenerator<AuditLink> {
  await client.query(declareCursor);
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${pageRows} FROM audit_links`);
    for (const row of rows) yield toLink(row);
    if (rows.length < pageRows) break;
  }
  await client.query('CLOSE audit_links');
}

function toLink(row: Row): AuditLink {
  const details = JSON.parse(row.details) as object;
  return { ...row, at: row.at.replace(/(\.\d{3})000Z$/, '$1Z'), details };
}
