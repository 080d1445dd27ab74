import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared } from '../../../test/support/shared-data.js';
import { CsvValidator } from './csv-validator.js';
import { MalformedCsvError } from './malformed-csv-error.js';

const limits = { recordBytesMax: 200, columnsMax: 40 };

function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** What a file comes to: its summary, or code@line:column. */
function outcome(bytes: Uint8Array, cuts: readonly number[] = [], within = limits): unknown {
  const validator = new CsvValidator(within);
  const borders = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  try {
    borders.forEach((border, index) => {
      // A copy of its own, overwritten afterwards: the validator must not rely on the caller's buffer.
      const chunk = Uint8Array.from(bytes.subarray(border, borders[index + 1] ?? border));
      validator.push(chunk);
      chunk.fill(0x22);
    });
    return validator.end();
  } catch (error) {
    if (!(error instanceof MalformedCsvError)) throw error;
    return `${error.code}@${error.line}:${error.column}`;
  }
}

describe('CsvValidator', () => {
  it.each([
    ['LF', 'a,b\n1,2\n3,4\n', ['a', 'b'], 2],
    ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n', ['a', 'b'], 2],
    ['both kinds of line end', 'a,b\n1,2\r\n3,4\n', ['a', 'b'], 2],
    ['no last line end', 'a,b\n1,2', ['a', 'b'], 1],
    ['an empty last cell and no line end', 'a,b\n1,', ['a', 'b'], 1],
    ['blank lines at the end', 'a,b\n1,2\n\n\r\n', ['a', 'b'], 1],
    ['a blank line in a single column', 'a\n1\n\n2\n', ['a'], 3],
    ['quotes, commas and line breaks in cells', '"a ""x""","b,\n"\n"1\r\n2",""\n', ['a "x"', 'b,\n'], 1],
    ['characters of two, three and four bytes', 'é,€\n😀,\u{10ffff}\n', ['é', '€'], 1],
    ['tabs', 'a,b\n\t,"\t"\n', ['a', 'b'], 1],
  ])('accepts %s', (_, text, columnNames, rows) => {
    expect(outcome(bytesOf(text))).toEqual({ columnNames, rows, bytes: bytesOf(text).length });
  });

  it.each([
    ['an empty file', '', 'NO_HEADER@1:1'],
    ['a blank first line', '\na,b\n1,2\n', 'NO_HEADER@1:1'],
    ['a header of nothing', ',,\n1,2,3\n', 'NO_HEADER@1:1'],
    ['a header alone', 'a,b\n', 'NO_ROWS@2:1'],
    ['a header and blank lines', 'a,b\n\n\n', 'NO_ROWS@2:1'],
    ['a header that ends with a comma', 'a,b,\n1,2,3\n', 'EMPTY_HEADER@1:3'],
    ['a header with a gap', 'a, ,c\n1,2,3\n', 'EMPTY_HEADER@1:2'],
    ['a name twice', 'a,b,a\n1,2,3\n', 'DUPLICATE_HEADER@1:3'],
    ['a name twice but for case and spaces', 'Age,b, aGE \n1,2,3\n', 'DUPLICATE_HEADER@1:3'],
    ['too many columns', `${'a,'.repeat(40)}b\n`, 'TOO_MANY_COLUMNS@1:41'],
    ['a short row', 'a,b,c\n1,2,3\n1,2\n', 'RAGGED_ROW@3:3'],
    ['a long row', 'a,b\n1,2\n1,2,3,4\n', 'RAGGED_ROW@3:3'],
    ['a row after a cell of two lines', 'a,b\n"x\ny",2\n1\n', 'RAGGED_ROW@4:2'],
    ['a blank line in the middle', 'a,b\n1,2\n\n3,4\n', 'RAGGED_ROW@3:1'],
    ['a quote never closed', 'a,b\n1,2\n3,"4\n5,6\n7,8\n', 'UNCLOSED_QUOTE@3:2'],
    ['a quote that swallows rows until the next one', 'a,b\n1,"2\n3,"4"\n', 'STRAY_QUOTE@2:2'],
    ['a quote inside a plain cell', 'a,b\n1,2"\n', 'STRAY_QUOTE@2:2'],
    ['a space before the quote', 'a,b\n1, "2"\n', 'STRAY_QUOTE@2:2'],
    ['text after the closing quote', 'a,b\n1,"2"x\n', 'STRAY_QUOTE@2:2'],
    ['a carriage return alone', 'a,b\n1\r,2\n', 'BARE_CARRIAGE_RETURN@2:1'],
    ['lines ended by carriage returns', 'a,b\r1,2\r', 'BARE_CARRIAGE_RETURN@1:2'],
    ['a carriage return at the very end', 'a,b\n1,2\r', 'BARE_CARRIAGE_RETURN@2:2'],
    ['both line ends in a single column', 'a\n1\r\n', 'MIXED_LINE_ENDS@2:1'],
    ['a NUL', 'a,b\n1,x\0\n', 'NUL_BYTE@2:2'],
    ['a NUL in quotes, on the line where it is', 'a,b\n1,"x\n\0"\n', 'NUL_BYTE@3:2'],
    ['an escape character', 'a,b\n1,\u001b[31m\n', 'CONTROL_CHARACTER@2:2'],
    ['a delete character', 'a,b\n\u007f,1\n', 'CONTROL_CHARACTER@2:1'],
    ['a byte order mark', '\ufeffa,b\n1,2\n', 'BYTE_ORDER_MARK@1:1'],
    ['a record too long', `a,b\n1,${'x'.repeat(300)}\n`, 'RECORD_TOO_LONG@2:2'],
    ['an open quote too long', `a,b\n1,2\n3,"${'x\n'.repeat(300)}`, 'RECORD_TOO_LONG@3:2'],
  ])('refuses %s', (_, text, expected) => {
    expect(outcome(bytesOf(text))).toBe(expected);
  });

  it('measures a last record that has no line end, and a header that never ends', () => {
    expect(outcome(bytesOf(`a,b\n1,${'x'.repeat(300)}`))).toBe('RECORD_TOO_LONG@2:2');
    expect(outcome(bytesOf('x'.repeat(201)))).toBe('RECORD_TOO_LONG@1:1');
  });

  it('allows a record of just the longest length', () => {
    const row = `1,${'x'.repeat(197)}\n`;
    expect(outcome(bytesOf(`a,b\n${row}`))).toMatchObject({ rows: 1 });
    expect(outcome(bytesOf(`a,b\nx${row}`))).toBe('RECORD_TOO_LONG@2:2');
  });

  it.each([
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
    ['Latin-1 before a comma', [0xe9, 0x2c]],
    ['a lone continuation', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf]],
    ['an overlong form of four bytes', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a character cut off by the end', [0xe2, 0x82]],
  ])('refuses %s as no UTF-8, with its place', (_, bad) => {
    expect(outcome(Buffer.concat([bytesOf('a,b\n1,2\n3,x'), Uint8Array.from(bad)]))).toBe('NOT_UTF8@3:2');
    expect(outcome(Buffer.concat([bytesOf('a,b\n1,2\n3,"\n'), Uint8Array.from(bad)]))).toBe('NOT_UTF8@4:2');
  });

  it('agrees with the platform on what is UTF-8', () => {
    const byte = fc.oneof(
      fc.integer({ min: 0x80, max: 0xff }),
      fc.constantFrom(0x41, 0xe0, 0xed, 0xf0, 0xf4),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        fc.array(byte, { maxLength: 8 }),
        (_, tail) => {
          const text = Uint8Array.from(tail);
          let valid = true;
          try {
            new TextDecoder('utf-8', { fatal: true }).decode(text);
          } catch {
            valid = false;
          }
          const result = outcome(Buffer.concat([bytesOf('a\nx'), text]));
          expect(typeof result === 'object').toBe(valid);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['utf16le', 'utf16be'])('names %s in words, with and without a mark', (encoding) => {
    for (const mark of ['\ufeff', '']) {
      const bytes = Buffer.from(`${mark}a,b\n1,2\n`, 'utf16le');
      if (encoding === 'utf16be') bytes.swap16();
      const validator = new CsvValidator(limits);
      expect(() => {
        validator.push(bytes);
        validator.end();
      }).toThrow('Line 1, column 1: the file is UTF-16 text. Save it as UTF-8 without a byte order mark.');
    }
  });

  it('says where and what to do, and never what the cell holds', () => {
    const validator = new CsvValidator(limits);
    expect(() => {
      validator.push(bytesOf('a,b\n1,2\nJane Doe\n'));
    }).toThrow(
      'Line 3, column 2: the row has 1 cell, the header has 2 cells. ' +
        'Add what is missing, or put a cell that holds a comma in quotes.',
    );
  });

  it('comes to the same whatever the chunks', () => {
    const piece = fc.constantFrom(
      'a',
      'é',
      '€',
      '😀',
      ',',
      ',',
      '\n',
      '\n',
      '\r\n',
      '\r',
      '"',
      '""',
      '\0',
      ' ',
    );
    const body = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 2 })), { maxLength: 60 });
    const bytes = fc.tuple(
      fc.constantFrom('a,b\n', 'a\n', '', '\ufeff'),
      body,
      fc.uint8Array({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 12 }), ([head, pieces, tail], cuts) => {
        const file = Buffer.concat([bytesOf(head + pieces.join('')), tail]);
        const within = { recordBytesMax: 40, columnsMax: 4 };
        const whole = outcome(file, [], within);
        expect(outcome(file, cuts, within)).toEqual(whole);
        expect(outcome(file, [...file.keys()], within)).toEqual(whole);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a line of 200 MB after the limit, holding none of it', () => {
    const validator = new CsvValidator({ recordBytesMax: 4_000_000, columnsMax: 10 });
    const chunk = Buffer.alloc(65_536, 'x');
    let pushed = 0;
    const before = process.memoryUsage().arrayBuffers;
    validator.push(bytesOf('a,b\n'));
    expect(() => {
      for (; pushed < 200_000_000; pushed += chunk.length) validator.push(chunk);
    }).toThrow(expect.objectContaining({ code: 'RECORD_TOO_LONG', line: 2, column: 1 }) as Error);
    expect(pushed).toBeLessThan(4_100_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});

describeWithShared('CsvValidator on real files', 'datasets/breast-cancer-wisconsin', (folder) => {
  it('refuses the trailing comma of the Kaggle header', () => {
    const wide = { recordBytesMax: 100_000, columnsMax: 100 };
    expect(outcome(readFileSync(`${folder}/data_kaggle_raw.csv`), [], wide)).toBe('EMPTY_HEADER@1:33');
  });

  it('accepts the repaired copy', () => {
    const wide = { recordBytesMax: 100_000, columnsMax: 100 };
    expect(outcome(readFileSync(`${folder}/data.csv`), [], wide)).toMatchObject({ rows: 569 });
  });
});
