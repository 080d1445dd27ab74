import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../src/core/random/random.js';
import { run } from './evaluate-files.js';
import type { CsvTable } from './evaluate-files.js';
import { reportOf } from './report-of.js';

/** Chromium of the machine, by any of its names; null when there is none. */
function findChromium(): string | null {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  return null;
}

const chromium = findChromium();
if (chromium === null)
  console.warn('SKIPPED "the report is accessible": no chromium on this machine (apt-get install chromium).');
const withChromium = chromium === null ? it.skip : it;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: number;
}

/** What axe-core finds in the page, read from the page itself after it ran there. */
async function violationsIn(html: string): Promise<Violation[]> {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const script = `axe.run().then(({ violations }) => {
    const found = violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.length }));
    document.body.innerHTML = '<pre id="found"></pre>';
    document.getElementById('found').textContent = 'FOUND' + btoa(JSON.stringify(found)) + 'END';
  });`;
  // The page forbids scripts; the one that looks at it is let in here.
  const page = html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace('</body>', () => `<script>${axe}</script><script>${script}</script></body>`);
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-axe-'));
  try {
    const file = join(folder, 'report.html');
    await writeFile(file, page);
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--virtual-time-budget=60000',
      '--dump-dom',
    ];
    const { stdout } = await run(chromium!, [...flags, `--user-data-dir=${folder}`, `file://${file}`], {
      maxBuffer: 1 << 28,
    });
    const found = /FOUND([A-Za-z0-9+/=]*)END/.exec(stdout)?.[1];
    if (found === undefined) throw new Error('axe-core did not finish in the page.');
    return JSON.parse(Buffer.from(found, 'base64').toString()) as Violation[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const random = Random.fromSeed('accessible');
const table = (): CsvTable => ({
  age: Array.from({ length: 200 }, () => random.integerBelow(90)),
  dose: Array.from({ length: 200 }, () => (random.uniform() < 0.1 ? null : random.uniform())),
  ward: Array.from({ length: 200 }, () => (random.uniform() < 0.6 ? 'A' : 'B')),
  empty: new Array<null>(200).fill(null),
});

describe('the report is accessible', () => {
  withChromium('axe-core finds nothing serious in it', async () => {
    const { html } = await reportOf(table(), table());
    const violations = await violationsIn(html);
    expect(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))).toEqual([]);
  });

  withChromium('axe-core would find what is wrong', async () => {
    const { html } = await reportOf(table(), table());
    const broken = html
      .replace('</main>', '<p style="color:#ddd">too pale</p><img src="data:,"></main>')
      .replace('<html lang="en-GB">', '<html>');
    const ids = (await violationsIn(broken)).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['color-contrast', 'html-has-lang', 'image-alt']));
  });

  it('loads nothing from anywhere', async () => {
    const { html } = await reportOf(table(), table());
    expect(html).not.toMatch(/<(script|link|img|iframe)\b/);
    expect(html).not.toMatch(/url\(|@import|https?:/);
    expect(html).toContain(`default-src 'none'`);
  });
});
