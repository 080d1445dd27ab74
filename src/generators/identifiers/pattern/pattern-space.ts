import type { IdentifierSpace } from '../identifier-space.js';
import { compilePattern } from './automaton.js';
import type { AutomatonState } from './automaton.js';
import { parsePattern } from './parse-pattern.js';
import { PatternError } from './pattern-error.js';

/**
 * The texts that a finite regular expression describes, each once, however many ways the expression has to it.
 * @throws {PatternError} with the place
 */
export function patternSpace(pattern: string): IdentifierSpace {
  const states = compilePattern(parsePattern(pattern));
  if (!states) throw new PatternError(pattern, 0, 'it is too long a way of saying it');
  const sizes = countTexts(states);
  return {
    size: sizes[0] ?? 0n,
    at: (index) => textAt(states, sizes, index),
    mayHold: (value) => accepts(states, value.trim()),
  };
}

/** How many texts lead from each state to an end. States may be numbered in any order, so each is asked for when needed. */
function countTexts(states: readonly AutomatonState[]): readonly bigint[] {
  const sizes = new Array<bigint | undefined>(states.length);
  const sizeOf = (place: number): bigint => {
    const known = sizes[place];
    if (known !== undefined) return known;
    const state = states[place];
    const size = (state?.edges ?? []).reduce(
      (sum, { characters, to }) => sum + BigInt(characters.length) * sizeOf(to),
      state?.isEnd ? 1n : 0n,
    );
    sizes[place] = size;
    return size;
  };
  return states.map((_, place) => sizeOf(place));
}

function textAt(states: readonly AutomatonState[], sizes: readonly bigint[], index: bigint): string {
  let text = '';
  let left = index;
  for (let state = states[0]; state;) {
    if (state.isEnd) {
      if (left === 0n) return text;
      left -= 1n;
    }
    const edge = state.edges.find(({ characters, to }) => {
      const below = BigInt(characters.length) * (sizes[to] ?? 0n);
      if (left < below) return true;
      left -= below;
      return false;
    });
    if (!edge) break;
    const below = sizes[edge.to] ?? 1n;
    text += edge.characters[Number(left / below)] ?? '';
    left %= below;
    state = states[edge.to];
  }
  throw new RangeError(`${index} is not the number of a text.`);
}

function accepts(states: readonly AutomatonState[], value: string): boolean {
  let state = states[0];
  for (const character of value) {
    const edge = state?.edges.find(({ characters }) => characters.includes(character));
    if (!edge) return false;
    state = states[edge.to];
  }
  return state?.isEnd ?? false;
}
