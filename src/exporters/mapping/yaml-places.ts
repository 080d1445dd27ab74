import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, Node } from 'yaml';
import { MappingError } from './mapping-error.js';

/** Names and numbers of the way from the root to a value. */
export type Path = readonly (string | number)[];

/** The plain data of a YAML file that still knows where in the file everything is. */
export class YamlPlaces {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  private constructor(
    readonly file: string,
    document: Document.Parsed,
    lines: LineCounter,
  ) {
    this.#document = document;
    this.#lines = lines;
  }

  /** @throws {MappingError} for what is no YAML, has one name twice, or has a name that would be read as another text */
  static read(file: string, source: string): YamlPlaces {
    const lines = new LineCounter();
    const document = parseDocument(source, {
      ...({ schema: 'core', version: '1.2', lineCounter: lines, prettyErrors: false } as const),
    });
    const places = new YamlPlaces(file, document, lines);
    const faults = document.errors.map(({ pos, message }) => `${file}:${places.#lineAt(pos[0])}: ${message}`);
    if (faults.length === 0) faults.push(...places.#changedNames(source));
    if (faults.length > 0) throw new MappingError(faults);
    return places;
  }

  /** @throws {MappingError} when aliases would make it huge */
  toValue(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch (error) {
      if (error instanceof ReferenceError) throw new MappingError([`${this.file}: ${error.message}`]);
      throw error;
    }
  }

  /** A fault at a path, with file and line: those of the nearest thing on the way there that exists. */
  fault(path: Path, problem: string): string {
    const where = path.length === 0 ? '' : ` ${pathText(path)}:`;
    return `${this.file}:${this.#lineOf(path)}:${where} ${problem}`;
  }

  #lineOf(path: Path): number {
    let node: Node | null = this.#document.contents;
    let line = this.#lineOfNode(node) ?? 1;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(this.#document) ?? null;
      if (isSeq(node)) node = asNode(node.items[Number(step)]);
      else if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        line = this.#lineOfNode(asNode(pair?.key)) ?? line;
        node = asNode(pair?.value);
        continue;
      } else return line;
      line = this.#lineOfNode(node) ?? line;
    }
    return line;
  }

  #lineOfNode(node: Node | null): number | undefined {
    return node?.range ? this.#lineAt(node.range[0]) : undefined;
  }

  #lineAt(offset: number): number {
    return this.#lines.linePos(offset).line;
  }

  /** Names that YAML reads as something else than what is written, such as 01 (1) or null. */
  #changedNames(source: string): string[] {
    const faults: string[] = [];
    visit(this.#document, {
      Pair: (_, { key }) => {
        if (!isScalar(key)) {
          faults.push(`${this.file}:${this.#lineOfNode(asNode(key)) ?? 1}: a name is not plain text.`);
          return;
        }
        if (typeof key.value === 'string' || !key.range) return;
        const written = source.slice(key.range[0], key.range[1]);
        if (['number', 'boolean'].includes(typeof key.value) && JSON.stringify(key.value) === written) return;
        faults.push(`${this.file}:${this.#lineAt(key.range[0])}: put the name ${written} in quotes.`);
      },
    });
    return faults;
  }
}

function asNode(value: unknown): Node | null {
  return isNode(value) ? value : null;
}

/** As people write it: tables[0].events[2]["alk.phos"]. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `["${step}"]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
