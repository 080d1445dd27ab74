import { AuditHeadsError } from '../modules/audit/audit-heads-error.js';
import { EmbeddedPostgresError } from '../modules/platform/postgres/embedded-postgres-error.js';
import { exportChain } from './audit-export.js';
import { rotateKey, signHead } from './audit-sign.js';
import { verifyAudit } from './audit-verify.js';
import type { Command, CommandContext } from './command.js';
import { StartRefused } from './start-refused.js';

type Values = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const subcommands: Readonly<Record<string, (context: CommandContext, values: Values) => Promise<number>>> = {
  export: (context, { file, heads }) => {
    const target = text(file);
    if (target === undefined) throw new StartRefused('Say where to: picketfence audit export FILE.');
    return exportChain(context, { file: target, headsFile: text(heads) });
  },
  verify: (context, { file, heads, key, 'older-heads': older }) =>
    verifyAudit(context, {
      ...{ file: text(file), headsFile: text(heads), keyFile: text(key), olderHeads: older === true },
    }),
  sign: (context) => signHead(context),
  'rotate-key': (context) => rotateKey(context),
};

/** 0: whole, or done. 1: broken. 2: there is nothing that could be read. */
export const auditCommand = {
  name: 'audit',
  summary: 'export FILE, verify [FILE] [--heads FILE] [--key PEM], sign or rotate-key: the audit chain',
  options: {
    heads: { type: 'string' },
    key: { type: 'string' },
    'older-heads': { type: 'boolean' },
  },
  /** What the arguments without a name are. */
  positionals: ['subcommand', 'file'],
  run: async (context, values) => {
    const run = subcommands[text(values['subcommand']) ?? ''];
    if (!run) {
      context.complain(`Say what: picketfence audit ${Object.keys(subcommands).join(' | ')}.`);
      return 2;
    }
    try {
      return await run(context, values);
    } catch (error) {
      if (!isPlain(error)) throw error;
      // Of several addresses tried, none of which answered, only the code is told.
      context.complain(
        error.message === '' ? `The database does not answer: ${error.code ?? '?'}` : error.message,
      );
      return 2;
    }
  },
} as const satisfies Command & { readonly positionals: readonly string[] };

/** Ours, or of the file system, the network and PostgreSQL, which carry a code. */
function isPlain(error: unknown): error is Error & { readonly code?: string } {
  if (error instanceof StartRefused || error instanceof AuditHeadsError) return true;
  if (error instanceof EmbeddedPostgresError) return true;
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
