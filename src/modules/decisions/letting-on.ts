import type { RequestCommand } from '../requests/index.js';

/** What brings a candidate nearer to its publication. */
export const lettingOn: readonly RequestCommand[] = ['endorse', 'approve'];
