import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readDefinitions } from '../../exporters/fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../../exporters/fhir-validation/fhir-validator.js';
import { knownSystems } from '../../exporters/fhir-validation/release/known-systems.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import type { Command, CommandContext } from '../command.js';
import { findResourceFiles, type ResourceFile } from './find-resource-files.js';
import { findingText, FindingReport } from './finding-report.js';
import { validateFiles, type ValidationCounts } from './validate-files.js';

const bigBytes = 50_000_000;
const secondsBetweenLines = 2;

/** `picketfence validate-fhir DIR|FILE...`: 0 when all is valid, 1 when something is not, 2 when there is nothing to look at. */
export const validateFhirCommand = {
  name: 'validate-fhir',
  summary:
    'check FHIR R4 files, or a folder as a release: DIR|FILE... [--uk-core] [--profile URL] [--system URL] [--alone] [--most N] [--json]',
  options: {
    'uk-core': { type: 'boolean' },
    profile: { type: 'string', multiple: true },
    system: { type: 'string', multiple: true },
    alone: { type: 'boolean' },
    most: { type: 'string' },
    json: { type: 'boolean' },
  },
  /** What the arguments without a name are. */
  rest: 'paths',
  run: async (context, values) => {
    const paths = textsOf(values['paths']);
    const most = Number(values['most'] ?? 5);
    if (paths.length === 0 || !Number.isInteger(most) || most < 0) {
      context.complain('Say what to check: picketfence validate-fhir DIR|FILE... [--most N], N from 0.');
      return 2;
    }
    const files = await filesAt(paths, context);
    if (files === null) return 2;
    const definitions = await readDefinitions(join(packageRoot(), 'content', 'fhir'));
    const profiles = values['uk-core'] === true ? 'uk-core' : textsOf(values['profile']);
    const isRelease = values['alone'] !== true && (await isFolder(paths));
    const report = new FindingReport(most);
    const begun = performance.now();
    const counts = await validateFiles(files, {
      ...{ report, validator: new FhirValidator(definitions, { profiles }) },
      releaseSystems: isRelease ? knownSystems(definitions, textsOf(values['system'])) : undefined,
      onProgress: progress(files, context),
    });
    const seconds = (performance.now() - begun) / 1000;
    print(report, counts, { context, json: values['json'] === true, isRelease, seconds });
    return report.errors > 0 ? 1 : 0;
  },
} as const satisfies Command & { readonly rest: string };

/** The files to read; null, with a complaint, when there are none. */
async function filesAt(
  paths: readonly string[],
  { complain }: CommandContext,
): Promise<ResourceFile[] | null> {
  try {
    const files = await findResourceFiles(paths);
    if (files.length > 0) return files;
    complain(`There is no .ndjson, .ndjson.gz or .json file in ${paths.join(', ')}.`);
  } catch (error) {
    complain(`${paths.join(', ')} cannot be read: ${error instanceof Error ? error.message : '?'}`);
  }
  return null;
}

/** One folder is a release: what it refers to is in it. */
async function isFolder([path = '', ...others]: readonly string[]): Promise<boolean> {
  return others.length === 0 && (await stat(path)).isDirectory();
}

/** Big inputs say how far they are, on the stream of complaints: the findings stay readable for programs. */
function progress(files: readonly ResourceFile[], { complain }: CommandContext) {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let next = performance.now() + secondsBetweenLines * 1000;
  return (resources: number, bytes: number): void => {
    if (total < bigBytes || performance.now() < next) return;
    next = performance.now() + secondsBetweenLines * 1000;
    complain(`${Math.floor((100 * bytes) / total)} %, ${resources} resources`);
  };
}

interface Printing {
  readonly context: CommandContext;
  readonly json: boolean;
  readonly isRelease: boolean;
  readonly seconds: number;
}

function print(
  report: FindingReport,
  { resources, bytes, passedOver }: ValidationCounts,
  { context, json, isRelease, seconds }: Printing,
): void {
  const { errors, warnings, shown } = report;
  if (json) {
    const counts = { resources, bytes, errors, warnings, passedOver, isRelease };
    context.print(JSON.stringify({ version: 1, counts, kinds: report.table(), findings: shown }, null, 2));
    return;
  }
  for (const finding of shown) context.print(findingText(finding));
  for (const file of passedOver) context.print(`${file}: is no resource, passed over`);
  for (const { kind, count } of report.table()) context.print(`${String(count).padStart(8)}  ${kind}`);
  const rate = `${(resources / seconds).toFixed(0)} resources/s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
  context.print(
    `${resources} resources ${isRelease ? 'as a release' : 'each alone'}: ${errors} errors, ${warnings} warnings (${rate})`,
  );
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? (value as unknown[]).filter((one) => typeof one === 'string') : [];
}
