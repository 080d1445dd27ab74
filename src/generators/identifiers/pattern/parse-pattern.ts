import { PatternError } from './pattern-error.js';

/** A regular expression without its notation. */
export type PatternNode =
  | { readonly type: 'characters'; readonly characters: readonly string[] }
  | { readonly type: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly type: 'choice'; readonly branches: readonly PatternNode[] }
  | { readonly type: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number };

const lengthMax = 500;
const repeatMax = 64;
const between = (from: string, to: string): string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, step) =>
    String.fromCharCode(from.charCodeAt(0) + step),
  );
const digits = between('0', '9');
const wordCharacters = [...digits, ...between('A', 'Z'), '_', ...between('a', 'z')];
const special = '\\^$.|?*+()[]{}';

/**
 * Reads literals, classes such as [A-Z0-9], \d and \w, groups, | and the quantifiers ?, {n} and {n,m}. What has no end
 * (*, +, {n,}) or would need a choice of alphabet (., [^a]) is refused.
 * @throws {PatternError} with the place
 */
export function parsePattern(pattern: string): PatternNode {
  return new PatternReading(pattern).whole();
}

class PatternReading {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  whole(): PatternNode {
    if (this.#pattern.length > lengthMax) this.#fail(`it is longer than ${lengthMax} characters`);
    if (/[^\x20-\x7e]/.test(this.#pattern)) this.#fail('it has a character that is not ASCII');
    this.#take('^');
    const node = this.#choice();
    this.#take('$');
    if (this.#at < this.#pattern.length) this.#fail(`"${this.#next()}" has nothing that it belongs to`);
    return node;
  }

  #choice(): PatternNode {
    const branches = [this.#sequence()];
    while (this.#take('|')) branches.push(this.#sequence());
    return branches.length === 1 && branches[0] ? branches[0] : { type: 'choice', branches };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#at < this.#pattern.length && !'|)$'.includes(this.#next())) parts.push(this.#repeated());
    return { type: 'sequence', parts };
  }

  #repeated(): PatternNode {
    const part = this.#atom();
    if (this.#take('?')) return { type: 'repeat', part, least: 0, most: 1 };
    if ('*+'.includes(this.#next()) && this.#next() !== '')
      this.#fail(`"${this.#next()}" has no end; say how many at most, such as {1,8}`);
    if (!this.#take('{')) return part;
    const counts = /^(\d{1,3})(?:,(\d{1,3}))?\}/.exec(this.#pattern.slice(this.#at));
    if (!counts) return this.#fail('this is not {n} or {n,m}');
    this.#at += counts[0].length;
    const least = Number(counts[1]);
    const most = counts[2] === undefined ? least : Number(counts[2]);
    if (most < least || most > repeatMax) this.#fail(`repeat from {0} to {${repeatMax}}, the less first`);
    return { type: 'repeat', part, least, most };
  }

  #atom(): PatternNode {
    if (this.#take('(')) {
      if (this.#take('?') && !this.#take(':')) this.#fail('groups are ( ) or (?: )');
      const node = this.#choice();
      if (!this.#take(')')) this.#fail('")" is missing');
      return node;
    }
    if (this.#take('[')) return { type: 'characters', characters: this.#classOf() };
    if (this.#take('\\')) return { type: 'characters', characters: this.#escaped() };
    const character = this.#next();
    if (character === '.') this.#fail('"." is any character; say which, such as [A-Z0-9]');
    if (special.includes(character)) this.#fail(`"${character}" needs a backslash before it`);
    this.#at += 1;
    return { type: 'characters', characters: [character] };
  }

  #classOf(): string[] {
    if (this.#next() === '^') this.#fail('say which characters, not which not');
    const characters = new Set<string>();
    while (!this.#take(']')) {
      if (this.#at >= this.#pattern.length) this.#fail('"]" is missing');
      const from = this.#take('\\') ? this.#escaped() : [this.#character()];
      const isRange = this.#next() === '-' && !['', ']'].includes(this.#pattern.charAt(this.#at + 1));
      if (!isRange || from.length > 1) {
        for (const each of from) characters.add(each);
        continue;
      }
      this.#at += 1;
      const [low, high] = [from[0] ?? '', this.#take('\\') ? (this.#escaped()[0] ?? '') : this.#character()];
      if (high < low) this.#fail(`the range ${low}-${high} is the wrong way round`);
      for (const each of between(low, high)) characters.add(each);
    }
    if (characters.size === 0) this.#fail('the class is empty');
    return [...characters].sort();
  }

  #escaped(): string[] {
    const character = this.#character();
    if (character === 'd') return digits;
    if (character === 'w') return wordCharacters;
    if (/[A-Za-z0-9]/.test(character)) this.#fail(`"\\${character}" is not known; there are \\d and \\w`);
    return [character];
  }

  #character(): string {
    const character = this.#next();
    if (character === '') this.#fail('it ends too early');
    this.#at += 1;
    return character;
  }

  #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #take(character: string): boolean {
    if (this.#next() !== character) return false;
    this.#at += 1;
    return true;
  }

  #fail(problem: string): never {
    throw new PatternError(this.#pattern, this.#at, problem);
  }
}
