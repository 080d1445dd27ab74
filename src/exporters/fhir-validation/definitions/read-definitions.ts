import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StructureDefinition } from './structure-definition.js';

/** Codes by their system; null: the system takes part with codes that are not listed here (SNOMED CT, dm+d). */
export type ValueSetCodes = ReadonlyMap<string, ReadonlySet<string> | null>;

/** What resources are checked against. */
export interface Definitions {
  /** By URL. */
  readonly structures: ReadonlyMap<string, StructureDefinition>;
  /** By URL; those that cannot be listed are left out. */
  readonly valueSets: ReadonlyMap<string, ValueSetCodes>;
  /** Every code system that a standard of the release knows; with its codes where extensible bindings ask for them. */
  readonly codeSystems: ReadonlyMap<string, ReadonlySet<string> | null>;
}

interface ValueSetRow {
  readonly url: string;
  readonly systems: Readonly<Record<string, readonly string[] | null>>;
}

interface CodeSystemRow {
  readonly url: string;
  readonly codes?: readonly string[];
}

/** Reads `content/fhir`. @throws {Error} when a file is missing or broken */
export async function readDefinitions(folder: string): Promise<Definitions> {
  const rows = async <Row>(file: string): Promise<Row[]> =>
    (await readFile(path.join(folder, file), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  const structures = [
    ...(await rows<StructureDefinition>('r4-definitions.ndjson')),
    ...(await rows<StructureDefinition>('uk-core-definitions.ndjson')),
  ];
  const valueSets = await rows<ValueSetRow>('value-sets.ndjson');
  const codeSystems = await rows<CodeSystemRow>('code-systems.ndjson');
  return {
    structures: new Map(structures.map((structure) => [structure.url, structure])),
    valueSets: new Map(valueSets.map(({ url, systems }) => [url, codesBySystem(systems)])),
    codeSystems: new Map(codeSystems.map(({ url, codes }) => [url, codes ? new Set(codes) : null])),
  };
}

function codesBySystem(systems: ValueSetRow['systems']): ValueSetCodes {
  return new Map(
    Object.entries(systems).map(([system, codes]) => [system, codes === null ? null : new Set(codes)]),
  );
}
