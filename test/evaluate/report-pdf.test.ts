import { inflateSync } from 'node:zlib';
import { Random } from '../../src/core/random/random.js';
import { pageText } from '../../src/evaluation/report/pdf/page-text.js';
import type { Report } from '../../src/evaluation/report/report.js';
import { reportPdf } from '../../src/evaluation/report/pdf/report-pdf.js';
import type { CsvTable } from './evaluate-files.js';
import { reportOf } from './report-of.js';

const random = Random.fromSeed('report as PDF');
const table = (): CsvTable => ({
  'age (µg) <b>': Array.from({ length: 120 }, () => random.integerBelow(90)),
  ψυχή: Array.from({ length: 120 }, () => (random.uniform() < 0.1 ? null : random.uniform())),
  ward: Array.from({ length: 120 }, () => (random.uniform() < 0.6 ? 'A' : 'B')),
  empty: new Array<null>(120).fill(null),
});

interface PageLines {
  /** Everything on the pages in the order it was written, without blanks. */
  readonly text: string;
  /** The lines, by where they begin in it. */
  readonly lineAt: ReadonlyMap<number, string>;
}

/** The standard fonts write the bytes of a line as hex. */
function linesOf(pdf: Buffer): PageLines {
  const source = pdf.toString('latin1');
  const lineAt = new Map<number, string>();
  let text = '';
  for (const { index, 0: mark } of source.matchAll(/stream\r?\n/g)) {
    const bytes = pdf.subarray(index + mark.length, source.indexOf('endstream', index));
    let content: string;
    try {
      content = inflateSync(bytes).toString('latin1');
    } catch {
      continue; // What is not compressed is no page.
    }
    for (const [, line = ''] of content.matchAll(/\[(.*?)\] TJ/g)) {
      const parts = [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
      const written = Buffer.concat(parts).toString('latin1').replaceAll(/\s/g, '');
      lineAt.set(text.length, written);
      text += written;
    }
  }
  return { text, lineAt };
}

/** Of each place where the name stands, the number in the line that follows; null where it is none. */
function numbersAfter({ text, lineAt }: PageLines, name: string): (number | null)[] {
  const found: (number | null)[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [, number] = /^(-?\d[\d.]*(?:e[+-]\d+)?)(?:\(|$)/.exec(lineAt.get(at + name.length) ?? '') ?? [];
    found.push(number === undefined ? null : Number(number));
  }
  return found;
}

const bare = (text: string): string => pageText(text).replaceAll(/\s/g, '');

describe('the report as PDF', () => {
  let report: Report;
  let pdf: Buffer;
  let page: PageLines;
  beforeAll(async () => {
    ({ report } = await reportOf(table(), table()));
    pdf = await reportPdf(report);
    page = linesOf(pdf);
  });

  it('has the figures of report.json, to four digits, beside their names', () => {
    const compared = report.figures.map(({ title, name, value }) => {
      const shown = numbersAfter(page, bare(`${title} (${name})`));
      const isRight =
        value === null
          ? shown.length > 0 && shown.every((one) => one === null)
          : shown.some((one) => one !== null && Math.abs(one - value) <= 1e-3 * Math.abs(value));
      return { name, value, shown, isRight };
    });
    expect(compared.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(compared.filter(({ value }) => value !== null).length).toBeGreaterThan(30);
  });

  it('has the figures of every column and pair, and the reason of every limit', () => {
    for (const { figures } of [...report.columns, ...report.pairs])
      for (const { name, value } of figures)
        expect(page.text).toContain(
          bare(`${name} ${value === null ? 'not computable' : String(Number(value.toPrecision(4)))}`),
        );
    for (const { reason } of report.limits) expect(page.text).toContain(bare(reason));
  });

  it('shows what its fonts lack by code point, and markup as text', () => {
    expect(page.text).toContain('age(µg)<b>');
    expect(page.text).toContain('[U+03C8][U+03C5][U+03C7][U+03AE]');
  });

  it('has the same bytes for the same report', async () => {
    expect((await reportPdf(report)).equals(pdf)).toBe(true);
  });

  it('is tagged, in English, titled and with an outline', () => {
    const source = pdf.toString('latin1');
    for (const mark of ['/MarkInfo', '/Marked true', '/Lang (en-GB)', '/DisplayDocTitle true', '/Outlines'])
      expect(source).toContain(mark);
    for (const type of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure', 'LBody'])
      expect(source).toMatch(new RegExp(`/S /${type}\\b`));
    expect(source).toMatch(/\/Alt \(Distribution of ward/);
  });
});
