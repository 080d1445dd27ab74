import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { disclosedCount } from '../../core/profile/disclosed-count.js';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { Declared } from '../../evaluation/declared.js';
import { countText, figureText } from '../../evaluation/figure.js';
import { buildReport } from '../../evaluation/report/build-report.js';
import type { ReportRequest } from '../../evaluation/report/build-report.js';
import { reportHtml } from '../../evaluation/report/html/report-html.js';
import { reportPdf } from '../../evaluation/report/pdf/report-pdf.js';
import type { NotTested, Report, ReportInput } from '../../evaluation/report/report.js';
import { loadPolicy } from '../../modules/policy/load-policy.js';
import type { Command, CommandContext } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { declaredOptions, readDeclared } from './declared-options.js';
import { loadComparison } from './load-comparison.js';
import type { ComparisonPaths, FileRead, LoadedComparison, LoadedTable } from './load-comparison.js';
import { registryChecks } from './registry-checks.js';
import { relationshipDetails } from './relationship-details.js';
import { parseSdvMetadata } from './sdv-metadata.js';
import type { SdvMetadata } from './sdv-metadata.js';
import { subjectChecks } from './subject-checks.js';
import { loadSubjectPolicy } from './subject-policy-file.js';

const usage =
  'picketfence evaluate REAL SYNTHETIC [--metadata FILE] [--holdout FILE] [--subjects TABLE] [--target COLUMN] [--protected COLUMN]... [--rules FILE] [--seed TEXT] --out DIR';

/** 0: no measure fails by the policy. 1: at least one does. 2: there is nothing that could be compared. */
export const evaluateCommand = {
  name: 'evaluate',
  summary:
    'compare synthetic with real data: REAL SYNTHETIC --out DIR [--metadata FILE] [--holdout FILE] [--target COLUMN] [--protected COLUMN]... [--rules FILE]',
  options: {
    metadata: { type: 'string' },
    holdout: { type: 'string' },
    subjects: { type: 'string' },
    ...declaredOptions,
    out: { type: 'string' },
    seed: { type: 'string' },
  },
  /** What the arguments without a name are: CSV files, or folders with one CSV file a table. */
  positionals: ['real', 'synthetic'],
  run: async (context, values) => {
    const { real, synthetic, holdout, metadata, out, seed, subjects } = values;
    if (typeof real !== 'string' || typeof synthetic !== 'string' || typeof out !== 'string') {
      context.complain(`Say what to compare and where to write the report: ${usage}`);
      return 2;
    }
    const paths = { real, synthetic, ...(typeof holdout === 'string' ? { holdout } : {}) };
    try {
      const described = typeof metadata === 'string' ? await readMetadata(metadata) : null;
      const report = await evaluateFiles(context, {
        paths,
        metadata: described,
        seed: typeof seed === 'string' ? seed : 'evaluate',
        subjects: typeof subjects === 'string' ? subjects : undefined,
        declare: (tables) => readDeclared(values, tables),
      });
      await writeReport(out, report);
      printVerdict(context, report, out);
      return report.verdict.status === 'fail' ? 1 : 0;
    } catch (error) {
      if (!(error instanceof StartRefused)) throw error;
      context.complain(error.message);
      return 2;
    }
  },
} as const satisfies Command & { readonly positionals: readonly string[] };

async function readMetadata(file: string): Promise<SdvMetadata> {
  try {
    return parseSdvMetadata(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`${file} cannot be read: ${error instanceof Error ? error.message : '?'}`);
  }
}

interface Evaluating {
  readonly paths: ComparisonPaths;
  readonly metadata: SdvMetadata | null;
  readonly seed: string;
  /** Of several tables: the one with a row for each subject. */
  readonly subjects: string | undefined;
  /** What the options declare, about the tables that were read. */
  readonly declare: (tables: readonly LoadedTable[]) => Promise<Declared>;
}

async function evaluateFiles(
  context: CommandContext,
  { paths, metadata, seed, subjects, declare }: Evaluating,
): Promise<Report> {
  const { policiesDirectory } = context.loadConfig();
  const { disclosure, thresholds, evaluation } = loadPolicy(policiesDirectory);
  const { policy, sha256 } = evaluation;
  const loaded = await loadComparison(paths, metadata);
  const declared = await declare(loaded.tables);
  const [only, ...others] = loaded.tables;
  const { LOW: low, HIGH: high } = thresholds;
  const limits = { ...low?.checks, ...high?.checks, ...high?.declaredChecks };
  const release =
    only && others.length === 0
      ? await registryChecks({ table: only, declared, seed, control: disclosure }, limits, (check) => {
          context.complain(`The check "${check}" could not be computed.`);
        })
      : await checksOfSeveral({ loaded, subjects, seed }, policiesDirectory, context);
  return buildReport({
    tables: loaded.tables,
    relationships: loaded.relationships,
    inputs: loaded.files.map((file) => inputOf(file, loaded, disclosure)),
    policy,
    policySha256: sha256,
    control: disclosure,
    checks: release.checks,
    details: release.details,
    notTested: [...unreadableCells(loaded.files, disclosure), ...release.notTested],
    seed,
  });
}

/** Of tables that belong together: whole people. Of each by itself: nothing, as its rows are not people. */
async function checksOfSeveral(
  input: Parameters<typeof subjectChecks>[0],
  policies: string,
  context: CommandContext,
): Promise<Pick<ReportRequest, 'checks' | 'details' | 'notTested'>> {
  const { checks, notTested } = await subjectChecks(input, loadSubjectPolicy(policies), (check) => {
    context.complain(`The check "${check}" could not be computed.`);
  });
  return { checks, details: relationshipDetails(input.loaded), notTested: [severalTables, ...notTested] };
}

const severalTables: NotTested = {
  what: 'Checks of a release',
  why: 'They look at one table; run them on each table by itself.',
};

function inputOf(
  { role, table, sha256, rowCount }: FileRead,
  { tables }: LoadedComparison,
  control: DisclosureControl,
): ReportInput {
  const columns = tables.find(({ name }) => name === table)?.[role]?.columns.size ?? 0;
  return { role, table, sha256, rows: disclosedCount(rowCount, control), columns };
}

function unreadableCells(files: readonly FileRead[], control: DisclosureControl): NotTested[] {
  return files.flatMap(({ role, table, unreadable }) =>
    [...unreadable].map(([column, count]) => {
      const shown = disclosedCount(count, control);
      const cells = shown === 0 ? `Fewer than ${control.cellCountMin}` : `About ${countText(shown)}`;
      return {
        what: `Cells of ${column} (${role}, ${table}) that are not of the column's kind`,
        why: `${cells} cells could not be read and were taken as missing.`,
      };
    }),
  );
}

async function writeReport(folder: string, report: Report): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
    await writeFile(join(folder, 'report.html'), reportHtml(report));
    await writeFile(join(folder, 'report.pdf'), await reportPdf(report));
  } catch (error) {
    throw new StartRefused(`${folder} cannot be written to: ${error instanceof Error ? error.message : '?'}`);
  }
}

function printVerdict({ print }: CommandContext, { verdict, figures }: Report, folder: string): void {
  for (const { title, value, section, status } of figures) {
    if (section !== 'headline') continue;
    print(
      `${title.padEnd(46)}${(value === null ? 'not computable' : figureText(value)).padStart(15)}  ${status}`,
    );
  }
  for (const name of verdict.failed) print(`FAIL    ${name}`);
  for (const name of verdict.toReview) print(`review  ${name}`);
  print(`${join(folder, 'report.html')}: ${verdict.status}`);
}
