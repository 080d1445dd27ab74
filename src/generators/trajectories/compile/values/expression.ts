import type { Frame } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { Scope } from '../scope.js';

type Term = (frame: Frame, time: number) => number | undefined;
type Operate = (left: number, right: number) => number;

const operations: readonly Readonly<Record<string, Operate>>[] = [
  { '+': (left, right) => left + right, '-': (left, right) => left - right },
  { '*': (left, right) => left * right, '/': (left, right) => left / right },
];

const tokens = /\s*(#\{[^}]*\}|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[-+*/()])/g;

/**
 * The formula of a field: numbers, `#{attribute or vital sign}`, `+ - * /` and brackets. It has no value where one of its
 * parts has none.
 */
export function compileExpression(fields: Fields, name: string, scope: Scope): Term {
  const text = fields.text(name);
  const found = tokenize(text);
  if (found === null) {
    if (text !== '') fields.fail(name, `"${text}" is no formula of numbers, #{names}, + - * / and brackets.`);
    return () => undefined;
  }
  const parser = new ExpressionParser(found, (term) => variable(term, fields, scope));
  const term = parser.parse();
  if (term !== null) return term;
  fields.fail(name, `"${text}" is no complete formula.`);
  return () => undefined;
}

function tokenize(text: string): string[] | null {
  const found = [...text.matchAll(tokens)];
  const isWhole =
    found
      .map(([whole]) => whole)
      .join('')
      .trim() === text.trim();
  return isWhole && found.length > 0 ? found.map(([, token]) => token ?? '') : null;
}

/** An attribute, or a vital sign where no such attribute is set. */
function variable(name: string, { place }: Fields, { names, findings }: Scope): Term {
  const attribute = names.attributes.id(name);
  const vitalSign = names.vitalSigns.id(name);
  findings.readAttributes.set(attribute, place);
  return ({ person }, time) => {
    const value = person.get(attribute);
    if (typeof value === 'number') return value;
    return value === undefined && person.vitalSigns.has(vitalSign)
      ? person.vitalSigns.read(vitalSign, time)
      : undefined;
  };
}

/** By recursive descent: sums of products of signed terms. */
class ExpressionParser {
  #at = 0;

  constructor(
    readonly found: readonly string[],
    readonly variable: (name: string) => Term,
  ) {}

  parse(): Term | null {
    const term = this.#level(0);
    return this.#at === this.found.length ? term : null;
  }

  #level(level: number): Term | null {
    const row = operations[level];
    if (row === undefined) return this.#signed();
    let left = this.#level(level + 1);
    for (;;) {
      const operate = row[this.found[this.#at] ?? ''];
      if (left === null || operate === undefined) return left;
      this.#at += 1;
      const right = this.#level(level + 1);
      if (right === null) return null;
      left = combine(left, right, operate);
    }
  }

  #signed(): Term | null {
    const token = this.found[this.#at];
    this.#at += 1;
    if (token === undefined) return null;
    if (token === '-') {
      const term = this.#signed();
      return (
        term &&
        combine(
          () => 0,
          term,
          (left, right) => left - right,
        )
      );
    }
    if (token === '(') {
      const term = this.#level(0);
      this.#at += 1;
      return this.found[this.#at - 1] === ')' ? term : null;
    }
    if (token.startsWith('#{')) return this.variable(token.slice(2, -1).trim());
    const value = Number(token);
    return Number.isNaN(value) ? null : () => value;
  }
}

function combine(left: Term, right: Term, operate: Operate): Term {
  return (frame, time) => {
    const [a, b] = [left(frame, time), right(frame, time)];
    return a === undefined || b === undefined ? undefined : operate(a, b);
  };
}
