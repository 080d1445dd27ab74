import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'fhir-kit-client';

interface Manifest {
  readonly output: readonly { readonly type: string; readonly url: string }[];
}

/** What a team with a FHIR client does: starts an export, asks after it, and keeps its files in a folder. */
export async function exportRelease(
  { baseUrl, token }: { readonly baseUrl: string; readonly token: string },
  folder: string,
): Promise<Manifest> {
  const client = new Client({ baseUrl, bearerToken: token });
  const started = await client.request('$export', { options: { headers: { Prefer: 'respond-async' } } });
  const where = Client.httpFor(started).response?.headers.get('content-location') ?? '';
  const manifest = (await client.request(where)) as unknown as Manifest;
  await mkdir(folder);
  for (const { url } of manifest.output) {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok || !answer.body) throw new Error(`${url}: ${answer.status}`);
    const file = join(folder, basename(new URL(url).pathname));
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
  }
  return manifest;
}
