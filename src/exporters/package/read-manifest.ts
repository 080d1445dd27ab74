import { semanticTypes } from '../../core/schema/schema.js';
import { formulaCellsKinds } from '../exporter.js';
import { JsonReader, ManifestError } from './json-reader.js';
import { fileRoles, manifestName, manifestTiers } from './manifest.js';
import type { CandidateManifest, ManifestColumn, ManifestFile } from './manifest.js';

/**
 * The manifest in the bytes of a manifest.json.
 * @throws {ManifestError} with the path of the first field that is not as `CandidateManifest` says
 */
export function readManifest(bytes: Uint8Array): CandidateManifest {
  const document = new JsonReader(parse(bytes)).object(
    ...['synthetic', 'label', 'disclaimer', 'title', 'tier', 'generator', 'mechanismHash', 'inputHash'],
    ...['policyHash', 'seed', 'rows', 'columns', 'cellsMadeSafe', 'files'],
  );
  const generator = document.member('generator').object('name', 'version');
  const manifest: CandidateManifest = {
    synthetic: document.member('synthetic').oneOf([true] as const),
    label: document.member('label').oneOf(['SYNTHETIC'] as const),
    disclaimer: document.member('disclaimer').text(),
    title: document.member('title').text(),
    tier: document.member('tier').oneOf(manifestTiers),
    generator: { name: generator.member('name').text(), version: generator.member('version').text() },
    mechanismHash: document.member('mechanismHash').sha256(),
    inputHash: document.member('inputHash').sha256(),
    policyHash: document.member('policyHash').sha256(),
    seed: document.member('seed').text(),
    rows: document.member('rows').count(),
    columns: document.member('columns').list(readColumn),
    cellsMadeSafe: document.member('cellsMadeSafe').count(),
    files: document.member('files').list(readFile),
  };
  refuseRepeats('columns', manifest.columns);
  refuseRepeats('files', manifest.files);
  return manifest;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ManifestError('', 'is not JSON in UTF-8');
  }
}

function readColumn(item: JsonReader): ManifestColumn {
  item.object('name', 'type', 'decimals');
  const decimals = item.member('decimals').optional((present) => present.count());
  return {
    name: item.member('name').text(),
    type: item.member('type').oneOf(semanticTypes),
    ...(decimals === undefined ? {} : { decimals }),
  };
}

function readFile(item: JsonReader): ManifestFile {
  item.object('name', 'role', 'mediaType', 'bytes', 'sha256', 'rows', 'formulaCells', 'checked');
  const rows = item.member('rows').optional((present) => present.count());
  const formulaCells = item.member('formulaCells').optional((present) => present.oneOf(formulaCellsKinds));
  const checked = item.member('checked').optional((present) => present.oneOf([true] as const));
  return {
    name: readFileName(item.member('name')),
    role: item.member('role').oneOf(fileRoles),
    mediaType: item.member('mediaType').text(),
    bytes: item.member('bytes').count(),
    sha256: item.member('sha256').sha256(),
    ...(rows === undefined ? {} : { rows }),
    ...(formulaCells === undefined ? {} : { formulaCells }),
    ...(checked === undefined ? {} : { checked }),
  };
}

/** The name is joined to a directory by whoever reads the package, so it must not lead out of it. */
function readFileName(field: JsonReader): string {
  const name = field.text();
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) field.fail('is not a plain file name');
  if (name === manifestName) field.fail('is the manifest itself');
  return name;
}

function refuseRepeats(list: 'columns' | 'files', items: readonly { readonly name: string }[]): void {
  const repeated = items.findIndex(({ name }, index) =>
    items.slice(0, index).some((other) => other.name === name),
  );
  if (repeated >= 0) throw new ManifestError(`${list}[${repeated}].name`, 'is there twice');
}
