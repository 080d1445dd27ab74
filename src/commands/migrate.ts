import path from 'node:path';
import { migrateDatabase } from '../modules/platform/index.js';
import { startEmbeddedPostgres } from '../modules/platform/postgres/embedded-postgres.js';
import type { Command } from './command.js';
import { migrateNamedDatabase } from './migrate-named-database.js';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'bring the database to the newest form and end',
  options: {},
  run: async ({ loadConfig, print }) => {
    const { database, home } = loadConfig();
    const { ownerUrl, appUrl } = database;
    if (ownerUrl !== undefined) {
      await migrateNamedDatabase(ownerUrl, { appUrl, home });
    } else {
      const postgres = await startEmbeddedPostgres({ directory: path.join(home, 'postgres'), log: print });
      try {
        await migrateDatabase({ ownerUrl: postgres.ownerUrl, appUrl, home });
      } finally {
        await postgres.stop();
      }
    }
    print('The database is up to date.');
    return 0;
  },
};
