import { migrateDatabase } from '../modules/platform/index.js';
import { StartRefused } from './start-refused.js';

/** Migrates a database that somebody named in DATABASE_URL; what is wrong with it is told in a sentence. */
export async function migrateNamedDatabase(
  ownerUrl: string,
  options: { appUrl: string | undefined; home: string },
): Promise<{ appUrl: string }> {
  try {
    return await migrateDatabase({ ownerUrl, ...options });
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    const { hostname, pathname } = new URL(ownerUrl);
    const reason = error.message || error.code;
    throw new StartRefused(
      `The database ${hostname}${pathname} of DATABASE_URL cannot be migrated: ${reason}`,
    );
  }
}

/** Errors of the network and of PostgreSQL carry a code. */
function isDatabaseError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
