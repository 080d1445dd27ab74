import type { Service } from '../support/service.js';

export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** Of the first error; null when there is none. */
  readonly code: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const json = { 'content-type': 'application/json' };

/** Sends bytes as they are, as no well-meant client would. */
export async function postRaw(
  { baseUrl }: Pick<Service, 'baseUrl'>,
  body: string,
  headers: Record<string, string> = json,
): Promise<RawAnswer> {
  const response = await fetch(new URL('/graphql', baseUrl), { method: 'POST', body, headers });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const parsed = type.includes('json') ? (JSON.parse(text) as Body) : {};
  const code = parsed.errors?.[0]?.extensions?.code ?? null;
  return { status: response.status, text, code, data: parsed.data ?? null };
}

/** One query, with a token or what pretends to be one. */
export function ask(
  service: Pick<Service, 'baseUrl'>,
  query: string,
  { authorization, variables }: { readonly authorization?: string; readonly variables?: object } = {},
): Promise<RawAnswer> {
  const body = JSON.stringify({ query, variables });
  return postRaw(service, body, authorization === undefined ? json : { ...json, authorization });
}

/** The first field of the answer. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who asked knows what was asked for
export const fieldOf = <Value>({ data, text }: RawAnswer): Value => {
  const value = Object.values(data ?? {})[0];
  if (value === undefined || value === null) throw new Error(`There was no answer: ${text}`);
  return value as Value;
};

export async function expectAlive({ baseUrl, server }: Service): Promise<void> {
  expect(server.isRunning).toBe(true);
  expect((await fetch(new URL('/readyz', baseUrl))).status).toBe(200);
}

/** No stack, no SQL, no path of this machine, no library's words. */
export const internals =
  /node_modules|\.js:\d|\bat \w+ \(|SELECT |INSERT |QueryFailed|TypeORM|\/work\/|\/tmp\//;
