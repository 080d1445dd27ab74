import { open } from 'node:fs/promises';
import path from 'node:path';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { cutBundles, type BundleSize } from '../fhir/bundles/cut-bundles.js';
import { loadingRank } from '../fhir/bundles/loading-order.js';
import { resourceLines } from '../fhir/lines/resource-lines.js';
import type { BundleFile, Transaction } from './bundle-files.js';

/** Where a resource lies, and where it goes. */
interface Span {
  readonly file: string;
  readonly type: string;
  readonly id: string;
  readonly start: number;
  readonly length: number;
}

interface Group {
  readonly name: string;
  readonly spans: Span[];
}

const ofTheRelease = ['Group', 'Provenance'];
const padded = (number: number): string => String(number).padStart(4, '0');

/**
 * The transactions of a release in NDJSON, such as an export gave: what is nobody's first, then one patient after the
 * other, then the group of them. The same files give the same transactions. Memory: about 200 bytes a resource.
 * @param names of the files in the folder, in the order in which they are read
 * @throws {Error} naming file and line, for a line that is no resource, or of a type that is not delivered
 */
export async function* ndjsonTransactions(
  folder: string,
  names: readonly string[],
  size: BundleSize,
): AsyncGenerator<BundleFile> {
  const groups = await groupsOf(names.map((name) => path.join(folder, name)));
  for (const [before, { name, spans }] of groups.entries()) {
    const texts = await read(spans.sort((left, right) => loadingRank(left.type) - loadingRank(right.type)));
    for (const [place, bundle] of cutBundles(texts, size).entries())
      yield { ...transaction(`${name}-${padded(place + 1)}`, bundle), share: before / groups.length };
  }
}

async function groupsOf(files: readonly string[]): Promise<Group[]> {
  const shared: Group = { name: '0-shared', spans: [] };
  const release: Group = { name: '2-release', spans: [] };
  const patients = new Map<string, Group>();
  const groupFor = (type: string, patient: string | null): Group => {
    if (patient === null) return ofTheRelease.includes(type) ? release : shared;
    const found = patients.get(patient) ?? { name: `1-patients/${patient}`, spans: [] };
    patients.set(patient, found);
    return found;
  };
  for (const file of files)
    for await (const { type, id, patient, start, length } of resourceLines(file)) {
      loadingRank(type);
      groupFor(type, patient).spans.push({ file, type, id, start, length });
    }
  return [shared, ...patients.values(), release];
}

interface Text {
  readonly type: string;
  readonly id: string;
  readonly json: string;
}

async function read(spans: readonly Span[]): Promise<Text[]> {
  const files = new Map<string, Awaited<ReturnType<typeof open>>>();
  try {
    const texts: Text[] = [];
    for (const { file: name, type, id, start, length } of spans) {
      const file = files.get(name) ?? (await open(name));
      files.set(name, file);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      texts.push({ type, id, json: buffer.toString('utf8') });
    }
    return texts;
  } finally {
    for (const file of files.values()) await file.close();
  }
}

function transaction(name: string, texts: readonly Text[]): Omit<BundleFile, 'share'> {
  const entries = texts.map(
    ({ type, id, json }) => `{"resource":${json},"request":{"method":"PUT","url":"${type}/${id}"}}`,
  );
  const text = `{"resourceType":"Bundle","type":"transaction","entry":[${entries.join(',')}]}`;
  return { name, sha256: sha256Hex(text), bundle: JSON.parse(text) as Transaction };
}
