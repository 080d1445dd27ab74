import { functions, operators } from './formula.js';
import type { Formula, Term } from './formula.js';

/** A text that is no formula. */
class FormulaError extends Error {
  constructor(
    /** From 0 on. */
    readonly at: number,
    readonly problem: string,
  ) {
    super(`the formula, character ${at + 1}: ${problem}`);
    this.name = 'FormulaError';
  }
}

interface Token {
  readonly kind: 'number' | 'text' | 'column' | 'word' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const lengthMax = 2000;
const depthMax = 50;
const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|'(?<text>[^']*)'|"(?<column>[^"]+)"|(?<word>[A-Za-z_]\w*)|(?<sign><=|>=|!=|[-+*/^<>=(),]))/y;
/** From the loosest on; those of one line are read from left to right, but for ^. */
const levels = [['or'], ['and'], ['=', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/']];

/**
 * Numbers, 'texts', columns by their names ("in quotes" where they are no word), + - * / ^, comparisons, and, or,
 * missing(x), not(x), if(condition, then, else), min, max, abs, round, floor, sqrt. Nothing is run but what stands in these
 * two files: the formula becomes a tree of functions of ours, and has neither loops nor assignments.
 * @throws {FormulaError} with the place
 */
export function parseFormula(text: string): Formula {
  if (text.length > lengthMax) throw new FormulaError(lengthMax, `it is longer than ${lengthMax} characters`);
  const reading = new FormulaReading(tokensOf(text));
  const term = reading.whole();
  return { columns: [...reading.columns], valueOf: term };
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    const [kind, own] =
      (Object.entries(found?.groups ?? {}) as [string, string | undefined][]).find(
        ([, group]) => group !== undefined,
      ) ?? [];
    if (!found || kind === undefined || own === undefined)
      throw new FormulaError(at, 'this is nothing that a formula has');
    tokens.push({ kind: kind as Token['kind'], text: own, at });
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

class FormulaReading {
  readonly columns = new Set<string>();
  readonly #tokens: readonly Token[];
  #place = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Term {
    const term = this.#level(0);
    if (this.#next().kind !== 'end') this.#fail(`"${this.#next().text}" does not belong here`);
    return term;
  }

  #level(level: number): Term {
    const signs = levels[level];
    if (!signs) return this.#sign();
    let left = this.#level(level + 1);
    while (['sign', 'word'].includes(this.#next().kind) && signs.includes(this.#next().text)) {
      const operator = operators[this.#take().text];
      const right = this.#level(level + 1);
      if (operator) left = operator(left, right);
    }
    return left;
  }

  /** A minus binds less than a power: -2 ^ 2 is -4. */
  #sign(): Term {
    if (!this.#is('-')) return this.#power();
    this.#take();
    const [zero, minus] = [(): number => 0, operators['-']];
    const term = this.#deeper(() => this.#sign());
    return minus ? minus(zero, term) : term;
  }

  #power(): Term {
    const base = this.#atom();
    if (!this.#is('^')) return base;
    this.#take();
    const exponent = this.#deeper(() => this.#sign());
    return operators['^']?.(base, exponent) ?? base;
  }

  #atom(): Term {
    const token = this.#take();
    if (token.kind === 'number') return () => Number(token.text);
    if (token.kind === 'text') return () => token.text;
    if (token.kind === 'column') return this.#column(token.text);
    if (token.kind === 'word') return this.#is('(') ? this.#call(token) : this.#column(token.text);
    if (token.text !== '(')
      return this.#fail(token.kind === 'end' ? 'it ends too early' : 'a value is missing', token);
    const inner = this.#deeper(() => this.#level(0));
    this.#expect(')');
    return inner;
  }

  #column(name: string): Term {
    this.columns.add(name);
    return (cells) => cells(name);
  }

  #call(token: Token): Term {
    const called = Object.hasOwn(functions, token.text) ? functions[token.text] : undefined;
    if (!called)
      return this.#fail(
        `there is no function "${token.text}"; there are ${Object.keys(functions).join(', ')}`,
        token,
      );
    this.#take();
    const terms = [this.#deeper(() => this.#level(0))];
    while (this.#is(',')) {
      this.#take();
      terms.push(this.#deeper(() => this.#level(0)));
    }
    this.#expect(')');
    if (terms.length < called.least || terms.length > called.most)
      this.#fail(
        `"${token.text}" takes ${called.least === called.most ? called.least : 'up to 20'} values`,
        token,
      );
    return called.make(terms);
  }

  #deeper(read: () => Term): Term {
    this.#depth += 1;
    if (this.#depth > depthMax) this.#fail('it is too deep');
    const term = read();
    this.#depth -= 1;
    return term;
  }

  #next(): Token {
    return this.#tokens[this.#place] ?? { kind: 'end', text: '', at: 0 };
  }

  #take(): Token {
    const token = this.#next();
    this.#place += 1;
    return token;
  }

  #is(sign: string): boolean {
    return this.#next().kind === 'sign' && this.#next().text === sign;
  }

  #expect(sign: string): void {
    if (!this.#is(sign)) this.#fail(`"${sign}" is missing`);
    this.#take();
  }

  #fail(problem: string, token = this.#next()): never {
    throw new FormulaError(token.at, problem);
  }
}
