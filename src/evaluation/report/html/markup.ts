/** Text that is safe in HTML, attributes included. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export interface Cell {
  readonly html: string;
  /** Right-aligned. */
  readonly isNumber?: boolean;
}

/** A table with a caption, the first cell of each row being its heading. */
export function tableHtml(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly (string | Cell)[])[],
): string {
  const head = headings.map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map(cellHtml).join('')}</tr>`).join('\n');
  return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

function cellHtml(cell: string | Cell, index: number): string {
  const { html, isNumber = false } = typeof cell === 'string' ? { html: escaped(cell) } : cell;
  if (index === 0) return `<th scope="row">${html}</th>`;
  return `<td${isNumber ? ' class="number"' : ''}>${html}</td>`;
}

/** The word, with a colour beside it; the colour alone says nothing. */
export function badge(word: string): Cell {
  const tone = tones[word] ?? 'plain';
  return { html: `<span class="badge ${tone}">${escaped(word)}</span>` };
}

const tones: Readonly<Record<string, string>> = {
  pass: 'good',
  use: 'good',
  review: 'care',
  'use with care': 'care',
  fail: 'bad',
  'do not use': 'bad',
};
