import PDFDocument from 'pdfkit';
import { pageText } from './page-text.js';

const margin = 42;
const ink = '#1b1b1b';
const [padding, ruleColour] = [3, '#d0d4da'];

type Structure = ReturnType<PDFKit.PDFDocument['struct']>;

/** A table as it is written; the first cell of a row is its heading. */
export interface PageTable {
  readonly caption: string;
  readonly headings: readonly string[];
  /** Shares of the width of the page, as many as headings. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

/** Writes headings, paragraphs and tables one below the other, with the tags that a screen reader goes by. */
export class PageWriter {
  private readonly document: PDFKit.PDFDocument;
  private readonly root: Structure;
  private readonly chunks: Buffer[] = [];
  private readonly ended: Promise<void>;

  constructor(title: string) {
    this.document = new PDFDocument({
      ...{ size: 'A4', margin, pdfVersion: '1.7', lang: 'en-GB', tagged: true, displayTitle: true },
      // The format wants a moment of writing; the same report is to give the same bytes, so it is the first there is.
      info: { Title: title, Creator: 'picketfence', Producer: 'picketfence', CreationDate: new Date(0) },
    });
    this.document.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    this.ended = new Promise((resolve) => this.document.on('end', resolve));
    this.root = this.document.struct('Document');
    this.document.addStructure(this.root);
  }

  heading(level: 1 | 2 | 3, text: string): void {
    const size = { 1: 20, 2: 14, 3: 11 }[level];
    this.keepTogether(size * 4);
    this.document.moveDown(level === 1 ? 0 : 0.8);
    if (level === 2) this.document.outline.addItem(pageText(text));
    this.block(this.root, `H${level}`, text, { size, bold: true });
    this.document.moveDown(0.3);
  }

  paragraph(text: string): void {
    this.block(this.root, 'P', text, { size: 9.5, bold: false });
    this.document.moveDown(0.4);
  }

  list(items: readonly string[]): void {
    const list = this.child(this.root, 'L');
    for (const item of items) {
      const entry = this.child(list, 'LI');
      this.block(entry, 'LBody', `• ${item}`, { size: 9.5, bold: false });
      entry.end();
    }
    list.end();
    this.document.moveDown(0.4);
  }

  table({ caption, headings, widths, rows }: PageTable): void {
    const table = this.child(this.root, 'Table');
    this.keepTogether(80);
    this.block(table, 'Caption', caption, { size: 9, bold: true });
    this.row(table, headings, widths, headings);
    for (const cells of rows) this.row(table, cells, widths, headings);
    table.end();
    this.document.x = margin;
    this.document.moveDown(0.8);
  }

  /** A drawing with words for those who do not see it. `draw` is given its left upper corner. */
  figure(
    height: number,
    words: string,
    draw: (page: PDFKit.PDFDocument, x: number, y: number) => void,
  ): void {
    this.keepTogether(height);
    const { x, y } = this.document;
    const figure = this.document.struct('Figure', { alt: pageText(words) }, () => {
      draw(this.document, x, y);
    });
    this.root.add(figure);
    figure.end();
    this.document.fillColor(ink);
    this.document.x = margin;
    this.document.y = y + height;
  }

  async end(): Promise<Buffer> {
    this.root.end();
    this.document.end();
    await this.ended;
    return Buffer.concat(this.chunks);
  }

  get width(): number {
    return this.document.page.width - 2 * margin;
  }

  private child(parent: Structure, type: string): Structure {
    const made = this.document.struct(type);
    parent.add(made);
    return made;
  }

  private block(
    parent: Structure,
    type: string,
    text: string,
    { size, bold }: { readonly size: number; readonly bold: boolean },
  ): void {
    const content = this.document.struct(type, {}, () => {
      this.document
        .font(bold ? 'Helvetica-Bold' : 'Helvetica')
        .fontSize(size)
        .fillColor(ink);
      this.document.text(pageText(text), margin, this.document.y, { width: this.width });
    });
    parent.add(content);
    content.end();
  }

  private row(
    table: Structure,
    cells: readonly string[],
    widths: readonly number[],
    headings: readonly string[],
  ): void {
    const isHead = cells === headings;
    const texts = cells.map(pageText);
    const inner = widths.map((share) => share * this.width - 2 * padding);
    const boldAt = (index: number): boolean => isHead || index === 0;
    const font = (index: number): void => {
      this.document
        .font(boldAt(index) ? 'Helvetica-Bold' : 'Helvetica')
        .fontSize(7.5)
        .fillColor(ink);
    };
    const heights = texts.map((text, index) => {
      font(index);
      return this.document.heightOfString(text === '' ? ' ' : text, { width: inner[index] ?? 10 });
    });
    const height = Math.min(Math.max(...heights) + 2 * padding, this.document.page.height - 3 * margin);
    if (this.keepTogether(height + (isHead ? 30 : 0)) && !isHead) this.row(table, headings, widths, headings);
    const top = this.document.y;
    const line = this.child(table, 'TR');
    let left = margin;
    texts.forEach((text, index) => {
      const at = left;
      const cell = this.document.struct(boldAt(index) ? 'TH' : 'TD', {}, () => {
        font(index);
        const width = inner[index] ?? 10;
        this.document.text(text, at + padding, top + padding, { width, height: height - padding });
      });
      line.add(cell);
      cell.end();
      left += (inner[index] ?? 10) + 2 * padding;
    });
    line.end();
    this.document.markContent('Artifact', { type: 'Layout' });
    this.document
      .moveTo(margin, top + height)
      .lineTo(margin + this.width, top + height)
      .lineWidth(isHead ? 1 : 0.5)
      .stroke(ruleColour);
    this.document.endMarkedContent();
    this.document.x = margin;
    this.document.y = top + height;
  }

  /** Starts a page when what comes next does not fit on this one; says whether it did. */
  private keepTogether(height: number): boolean {
    if (this.document.y + height <= this.document.page.height - margin) return false;
    this.document.addPage();
    return true;
  }
}
