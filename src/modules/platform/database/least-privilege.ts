import type { DataSource } from 'typeorm';

/**
 * The processes must not be able to rewrite history. A login that could is refused at start, so a wrong
 * DATABASE_APP_URL is found before the first request and not after the first incident.
 */
export async function requireLeastPrivilege(dataSource: DataSource): Promise<void> {
  const [answer] = await dataSource.query<{ login: string; could: boolean }[]>(
    `SELECT current_user AS login,
            has_table_privilege('audit_event', 'UPDATE') OR has_table_privilege('audit_event', 'DELETE')
              OR has_table_privilege('audit_event', 'TRUNCATE') OR has_table_privilege('audit_event', 'TRIGGER')
              OR pg_has_role(relowner, 'MEMBER') AS could
     FROM pg_class WHERE oid = 'audit_event'::regclass`,
  );
  if (answer?.could !== false) {
    throw new Error(
      `The database login "${answer?.login ?? '?'}" may change the audit chain. ` +
        'Start with "picketfence serve", or set DATABASE_APP_URL to a login that is not the owner of the tables.',
    );
  }
}
