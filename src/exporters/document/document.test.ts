import fc from 'fast-check';
import type { Block, Document } from './document.js';
import { documentHtml } from './document-html.js';
import { documentMarkdown } from './document-markdown.js';

/** The same text in every place a text can be. */
function everywhere(text: string): Document {
  const blocks: Block[] = [
    { kind: 'heading', level: 2, text },
    { kind: 'paragraph', text },
    { kind: 'hint', text },
    { kind: 'statement', origin: 'person', text },
    { kind: 'facts', origin: 'records', title: text, facts: [{ label: text, value: text }] },
    { kind: 'table', origin: 'records', title: text, head: [text, text], rows: [[text, text]] },
  ];
  return { title: text, blocks };
}

const tags = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];

const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><script>alert(1)</script>',
  '</title><svg/onload=alert(1)>',
  '<!-- --><a href="javascript:alert(1)">x</a>',
  '&lt;script&gt;',
  '<scr\0ipt>alert(1)</scr\0ipt>',
  '{{constructor.constructor("alert(1)")()}}',
];

describe('a document in HTML', () => {
  const harmless = tags(documentHtml(everywhere('harmless')));

  it.each(attacks)('has the same tags as ever with %j in every place', (attack) => {
    expect(tags(documentHtml(everywhere(attack)))).toEqual(harmless);
  });

  it('has the same tags whatever the texts are', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '/',
        '=',
        '`',
        '!',
        '-',
        '\0',
        '\n',
        '\u202e',
        'a',
        ';',
        ']',
        '{',
      ),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(tags(documentHtml(everywhere(text)))).toEqual(harmless);
      }),
    );
  });

  it('loads nothing and runs nothing', () => {
    expect(documentHtml(everywhere('x'))).not.toMatch(/<(script|link|img|iframe|object)|\son\w+=|url\(/i);
  });

  it('says in words where a part comes from, and gives its tables headings', () => {
    const html = documentHtml(everywhere('x'));
    expect(html).toContain('<p class="origin">Written by a person</p>');
    expect(html).toContain('<p class="origin">Filled in from the records</p>');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<th scope="col">');
    expect(html).toContain('<caption>x</caption>');
  });

  it('drops what would turn the order of reading round', () => {
    expect(documentHtml(everywhere('not \u202eelbatpecca'))).not.toContain('\u202e');
  });
});

describe('a document in Markdown', () => {
  it.each([
    ['# heading', '\\# heading'],
    ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
    ['| a | b |', '\\| a \\| b \\|'],
    ['`code` and *stress*', '\\`code\\` and \\*stress\\*'],
    ['<b onclick=x>', '&lt;b onclick=x&gt;'],
    ['&lt;', '&amp;lt;'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['---', '\\---'],
    ['https://x.example and www.x.example', 'https\\://x.example and www\\.x.example'],
    ['not \u202eelbatpecca', 'not elbatpecca'],
    ['Well-known: 3.5 (three), "so".', 'Well-known: 3.5 (three), "so".'],
  ])('takes %j literally', (text, escaped) => {
    const markdown = documentMarkdown({ title: 't', blocks: [{ kind: 'paragraph', text }] });
    expect(markdown).toBe(`# t\n\n${escaped}\n`);
  });

  it('has no tag and no entity of its own, whatever the texts are', () => {
    const nasty = fc.string({
      unit: fc.constantFrom('<', '>', '&', '\\', '`', '|', '\n', ';', 'l', 't', '*'),
    });
    fc.assert(
      fc.property(nasty, (text) => {
        expect(documentMarkdown(everywhere(text))).not.toMatch(/<|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('keeps a statement of several lines inside its quotation', () => {
    const text = 'first\n# second\r\n> third\u2028fourth';
    const markdown = documentMarkdown({
      title: 't',
      blocks: [{ kind: 'statement', origin: 'person', text }],
    });
    const lines = markdown.trim().split('\n').slice(2);
    expect(lines).toEqual([
      '> **Written by a person:**',
      '>',
      '> first  ',
      '> \\# second  ',
      '> &gt; third  ',
      '> fourth',
    ]);
  });

  it('keeps a table row on one line with its number of cells', () => {
    const table: Block = {
      ...{ kind: 'table', origin: 'records', title: 't', head: ['a', 'b'] },
      rows: [['x | y\nz', 'w']],
    };
    expect(documentMarkdown({ title: 't', blocks: [table] })).toContain('\n| x \\| y z | w |\n');
  });
});
