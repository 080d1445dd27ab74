import { type Block, type Document, originWords } from './document.js';

/** The one style sheet, in the page itself: a document that is kept needs nothing else to be read. */
export const documentStyle = [
  'body{font:1rem/1.5 sans-serif;color:#111;background:#fff;max-width:60rem;margin:0 auto;padding:1rem}',
  'table{border-collapse:collapse;width:100%}',
  'caption{text-align:left;font-weight:bold;padding:.5rem 0}',
  'th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}',
  '.statement{white-space:pre-wrap;overflow-wrap:anywhere;margin:0}',
  '.person,.records{padding:.5rem 1rem;margin:1rem 0}',
  '.person{border-left:.4rem solid #005eb8}',
  '.records{border-left:.4rem dashed #4c6272}',
  '.origin{font-weight:bold;margin:0}',
  'dt{font-weight:bold}dd{margin:0 0 .5rem 1rem;overflow-wrap:anywhere}',
].join('\n');

/**
 * The document as one HTML page without script, link or image. It can be read by a screen reader from heading to
 * heading; where a part comes from is said in words, not by colour alone (WCAG 2.2, 1.3.1 and 1.4.1).
 */
export function documentHtml({ title, blocks }: Document): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${documentStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...blocks.map(blockHtml),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'hint':
      return `<p><em>${escapeHtml(block.text)}</em></p>`;
    case 'statement':
      return marked(block.origin, `<p class="statement">${escapeHtml(block.text)}</p>`);
    case 'facts':
      return marked(block.origin, `<p>${escapeHtml(block.title)}</p>\n${listHtml(block.facts)}`);
    case 'table':
      return marked(block.origin, tableHtml(block));
  }
}

function marked(origin: 'records' | 'person', inside: string): string {
  return `<div class="${origin}">\n<p class="origin">${originWords[origin]}</p>\n${inside}\n</div>`;
}

function listHtml(facts: readonly { readonly label: string; readonly value: string }[]): string {
  const items = facts.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`);
  return ['<dl>', ...items, '</dl>'].join('\n');
}

function tableHtml({ title, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const headings = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map((cells) => {
    const [first = '', ...rest] = cells.map(escapeHtml);
    return `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return [
    `<table>`,
    `<caption>${escapeHtml(title)}</caption>`,
    `<thead><tr>${headings}</tr></thead>`,
    '<tbody>',
    ...body,
    '</tbody>',
    '</table>',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are left out but for line ends and tabs; bidirectional overrides too, which reorder what is read. */
function escapeHtml(text: string): string {
  return text
    .replace(/[^\P{Control}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
