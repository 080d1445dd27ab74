import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deliverBundles,
  type Delivery,
  type DeliveryReport,
} from '../../exporters/delivery/deliver-bundles.js';
import type { Command, CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { parseDelivery } from './delivery-request.js';

const urlsShown = 5;
const waiting = { waitMs: 500, waitMsMax: 60_000, sleep: (ms: number) => sleep(ms) };

/** `picketfence deliver DIR --to URL`: 0 when the server has all of it, 1 when something stopped it or is in conflict, 2 for a mistake. */
export const deliverCommand = {
  name: 'deliver',
  summary:
    'load a FHIR release into a FHIR server: DIR --to URL [--dry-run] [--token-file FILE] [--state FILE] [--attempts N] [--json]',
  options: {
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'token-file': { type: 'string' },
    state: { type: 'string' },
    attempts: { type: 'string' },
    json: { type: 'boolean' },
  },
  positional: 'folder',
  run: async (context, values) => {
    const { folder, baseUrl, tokenFile, stateFile, isDryRun, attemptsMax } = parseDelivery(values);
    const delivery: Delivery = {
      ...{ folder, names: null, baseUrl, isDryRun, headers: await headersOf(tokenFile) },
      stateFile: stateFile ?? join(folder, 'delivery-state.jsonl'),
      retries: { attemptsMax, ...waiting },
      signal: new AbortController().signal,
      mayGoOn: () => Promise.resolve(),
    };
    let report: DeliveryReport;
    try {
      report = await deliverBundles(delivery);
    } catch (error) {
      context.complain(error instanceof Error ? error.message : String(error));
      return 1;
    }
    if (values['json'] === true) context.print(JSON.stringify(report, null, 2));
    else print(report, context, isDryRun);
    return report.conflicts.length > 0 ? 1 : 0;
  },
} as const satisfies Command & { readonly positional: string };

/** A token on the command line would be seen by everybody who lists the processes. */
async function headersOf(tokenFile: string | undefined): Promise<Record<string, string>> {
  if (tokenFile === undefined) return {};
  const token = (await readFile(tokenFile, 'utf8').catch(() => '')).trim();
  if (token === '' || /\s/.test(token)) throw new StartRefused(`${tokenFile} does not hold a token.`);
  return { Authorization: `Bearer ${token}` };
}

function print(report: DeliveryReport, { print: say }: CommandContext, isDryRun: boolean): void {
  const { posted, unchanged, skipped, conflicts } = report;
  for (const { bundle, urls } of conflicts) {
    const more = urls.length > urlsShown ? ` and ${urls.length - urlsShown} more` : '';
    say(`conflict in ${bundle}: the server has another ${urls.slice(0, urlsShown).join(', ')}${more}`);
  }
  say(
    `${posted.length} bundles ${isDryRun ? 'would be posted' : 'posted'}, ${unchanged.length} there already, ` +
      `${skipped.length} taken before, ${conflicts.length} in conflict`,
  );
}
