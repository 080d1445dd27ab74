import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Our own rules as a test: each new lesson is one row. `allowed` names the files where the thing has its place. */
interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  readonly allowed?: RegExp;
}

const edges = /^(src\/modules\/platform\/config\/|src\/(main|worker|cli)\.ts$|scripts\/|bench\/|test\/)/;

const bans: readonly Ban[] = [
  { pattern: /\bMath\.random\b/, instead: 'a Random that is handed in (src/core/random)' },
  {
    pattern: /\bDate\.now\b/,
    instead: 'a Clock that is handed in, or performance.now() for durations',
    allowed: /^scripts\//,
  },
  {
    pattern: /\bnew Date\(\)/,
    instead: 'a Clock that is handed in',
    allowed: /^(src\/core\/time\/clock\.ts$|scripts\/)/,
  },
  { pattern: /\b(TODO|FIXME|XXX)\b(?!\s*\(?#\d+)/, instead: 'the work itself, or an issue: TODO #12' },
  { pattern: /\.only\(/, instead: 'nothing: all tests run' },
  {
    pattern: /\b(it|test|describe)\.skip\(/,
    instead: 'a condition with a reason: const onlyAsRoot = … ? it : it.skip',
    allowed: /^test\/(support\/|platform\/plain-summary)/,
  },
  {
    pattern: /\bconsole\.(log|info|debug)\b/,
    instead: 'the logger, or the print of a command',
    allowed: /^(src\/commands\/|scripts\/|bench\/|test\/support\/)/,
  },
  { pattern: /\bas any\b|:\s*any\b(?! )|<any>|\bany\[\]/, instead: 'unknown, and a parser that narrows it' },
  { pattern: /\bprocess\.env\b/, instead: 'the Config (src/modules/platform/config)', allowed: edges },
  { pattern: /\bforwardRef\b/, instead: 'a third module that both need' },
  { pattern: /eslint-disable(?!.*--)/, instead: 'the reason after two dashes', allowed: /^content\// },
  { pattern: /@ts-(ignore|nocheck)/, instead: 'types that hold' },
];

const bannedNames: readonly Ban[] = [
  {
    pattern: /(^|\/)(utils?|helpers?|misc|common|manager)(\/|\.[a-z]+$)/,
    instead: 'a name that says what is inside',
  },
  {
    pattern: /^(src|test|migrations|bench|scripts)\/.*[A-Z_]/,
    instead: 'kebab-case',
    allowed: /\.(json|csv|md)$/,
  },
];

const linesMax = 300;
const isCode = /\.(ts|tsx|mjs|cjs|js)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const sources = files
  .filter((file) => isCode.test(file) && file !== 'test/tidy.test.ts' && !file.startsWith('content/'))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n') }));

describe('the tree is tidy:', () => {
  it.each(bans)('$pattern is replaced by $instead', ({ pattern, instead, allowed }) => {
    const found = sources
      .filter(({ file }) => !allowed?.test(file))
      .flatMap(({ file, lines }) =>
        lines.flatMap((line, index) =>
          pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()} -- write ${instead}`] : [],
        ),
      );
    expect(found).toEqual([]);
  });

  it.each(bannedNames)('no file is called $pattern', ({ pattern, instead, allowed }) => {
    const found = files.filter((file) => pattern.test(file) && !allowed?.test(file));
    expect(found.map((file) => `${file} -- use ${instead}`)).toEqual([]);
  });

  it(`no file in src is longer than ${linesMax} lines`, () => {
    const long = sources.filter(({ file, lines }) => file.startsWith('src/') && lines.length > linesMax);
    expect(long.map(({ file, lines }) => `${file}: ${lines.length} lines`)).toEqual([]);
  });

  it('looks at a tree at all', () => {
    expect(sources.length).toBeGreaterThan(20);
  });
});
