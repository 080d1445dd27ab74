import type { EntityManager } from 'typeorm';
import type { DeadlineDates } from '../reminders/index.js';

/** Everybody who has downloaded a file of the request's release is asked to destroy it, once. @returns how many */
export async function askForDestruction(
  manager: EntityManager,
  requestId: string,
  { now, remindAt, overdueAt }: DeadlineDates & { readonly now: Date },
): Promise<number> {
  const asked = await manager.query<unknown[]>(
    `INSERT INTO destruction (release_id, person_id, asked_at, remind_at, overdue_at)
     SELECT DISTINCT release.id, download.person_id, $2::timestamptz, $3::timestamptz, $4::timestamptz
     FROM release JOIN download ON download.release_id = release.id
     WHERE release.request_id = $1
     ON CONFLICT DO NOTHING RETURNING person_id`,
    [requestId, now, remindAt, overdueAt],
  );
  return asked.length;
}
