import { type Block, type Document, originWords } from './document.js';

/** The document as Markdown (CommonMark with tables). Texts show as they are: no character of theirs is markup. */
export function documentMarkdown({ title, blocks }: Document): string {
  return [`# ${inline(title)}`, ...blocks.map(blockText)].join('\n\n').concat('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`;
    case 'paragraph':
      return inline(block.text);
    case 'hint':
      return `_${inline(block.text)}_`;
    case 'statement':
      return quoted(originWords[block.origin], linesOf(block.text));
    case 'facts':
      return [
        `**${inline(block.title)}** (${originWords[block.origin]})`,
        block.facts.map(({ label, value }) => `- ${inline(label)}: ${inline(value)}`).join('\n'),
      ].join('\n\n');
    case 'table':
      return [
        `**${inline(block.title)}** (${originWords[block.origin]})`,
        [block.head.map(inline), block.head.map(() => '---'), ...block.rows.map((cells) => cells.map(inline))]
          .map((cells) => `| ${cells.join(' | ')} |`)
          .join('\n'),
      ].join('\n\n');
  }
}

function quoted(who: string, lines: readonly string[]): string {
  return [`> **${who}:**`, '>', ...lines.map((line) => `> ${line}  `)].join('\n');
}

const linesOf = (text: string): string[] => text.split(/\r\n|[\n\r\u2028\u2029]/u).map(inline);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * One line in which no character is markup: what means something anywhere is escaped everywhere, what means something
 * at the start of a line is escaped there, and addresses do not turn into links.
 */
function inline(text: string): string {
  return text
    .replace(/[\p{Control}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .replace(/[\\`*_[\]|~@]/gu, (character) => `\\${character}`)
    .replace(/:(?=\/\/)|(?<=\bwww)\./giu, (character) => `\\${character}`)
    .replace(/[&<>]/g, (character) => entities[character] ?? '')
    .replace(/^([#+=-]|\d+(?=[.)]))/u, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
