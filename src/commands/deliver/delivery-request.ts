import { StartRefused } from '../start-refused.js';

export interface DeliveryOrder {
  readonly folder: string;
  readonly baseUrl: string;
  readonly tokenFile: string | undefined;
  readonly stateFile: string | undefined;
  readonly isDryRun: boolean;
  readonly attemptsMax: number;
}

const attemptsUsual = 5;
const attemptsMost = 20;
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** @throws {StartRefused} saying what is missing, or may not be */
export function parseDelivery(values: Readonly<Record<string, unknown>>): DeliveryOrder {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [folder, to, tokenFile] = [text('folder'), text('to'), text('token-file')];
  if (folder === undefined || to === undefined)
    throw new StartRefused('Say what goes where: picketfence deliver DIR --to URL.');
  const attemptsMax = Number(text('attempts') ?? attemptsUsual);
  if (!Number.isInteger(attemptsMax) || attemptsMax < 1 || attemptsMax > attemptsMost)
    throw new StartRefused(`--attempts is a whole number from 1 to ${attemptsMost}.`);
  const url = URL.canParse(to) ? new URL(to) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new StartRefused('--to is the base of a FHIR server: an http or https URL.');
  if (url.username !== '' || url.password !== '')
    throw new StartRefused('--to has a password in it; give a token with --token-file.');
  if (tokenFile !== undefined && url.protocol === 'http:' && !loopback.includes(url.hostname))
    throw new StartRefused('A token is sent to an https address, or to this machine.');
  return {
    ...{ folder, tokenFile, attemptsMax, baseUrl: to.replace(/\/+$/, '') },
    ...{ stateFile: text('state'), isDryRun: values['dry-run'] === true },
  };
}
