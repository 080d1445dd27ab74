export interface Retries {
  /** How often one request is sent at most, from 1. */
  readonly attemptsMax: number;
  /** Before the second attempt; doubled before each further one. */
  readonly waitMs: number;
  /** A wait that a server asks for (`Retry-After`) is not longer than this. */
  readonly waitMsMax: number;
  readonly sleep: (ms: number) => Promise<void>;
}

interface HttpError {
  readonly response?: { readonly status?: number };
  /** Here the client keeps the headers of the answer. */
  readonly config?: { readonly headers?: Headers };
}

/** The HTTP status of an error of the client; undefined where no answer came. */
function statusOf(error: unknown): number | undefined {
  return (error as HttpError).response?.status;
}

/** Worth another attempt: no answer, too many requests (429), or a fault of the server (5xx). */
function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
}

/** Seconds or nothing: the date form of the header is not used by servers that limit. */
function askedWaitMs(error: unknown): number {
  const seconds = Number((error as HttpError).config?.headers?.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

/** The answer of `send`, which is sent again with growing waits while its error may pass. @throws its last error */
export async function withRetries<T>(send: () => Promise<T>, retries: Retries): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (attempt >= retries.attemptsMax || !mayPass(error)) throw error;
      const wait = Math.max(retries.waitMs * 2 ** (attempt - 1), askedWaitMs(error));
      await retries.sleep(Math.min(wait, retries.waitMsMax));
    }
  }
}
