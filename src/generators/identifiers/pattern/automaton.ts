import type { PatternNode } from './parse-pattern.js';

/** Characters that lead from one state to the same other one, ascending. */
interface Edge {
  readonly characters: readonly string[];
  readonly to: number;
}

/** State 0 is where texts begin. Every text has one way through it. */
export interface AutomatonState {
  readonly isEnd: boolean;
  readonly edges: readonly Edge[];
}

/** A state of the machine that may be in several at once. */
interface LooseState {
  readonly silent: number[];
  readonly edges: { readonly characters: readonly string[]; readonly to: number }[];
}

const statesMax = 5000;

/**
 * The deterministic automaton of a pattern (subset construction): it has no circles, as patterns are finite.
 * @returns null when it would have more than 5,000 states
 */
export function compilePattern(pattern: PatternNode): readonly AutomatonState[] | null {
  const loose: LooseState[] = [];
  const add = (): number => loose.push({ silent: [], edges: [] }) - 1;
  const start = add();
  const end = connect(pattern, start, { loose, add });
  return loose.length > 4 * statesMax ? null : determine(loose, start, end);
}

interface Building {
  readonly loose: LooseState[];
  readonly add: () => number;
}

/** Builds what `node` reads from state `from` on, and gives the state after it. */
function connect(node: PatternNode, from: number, building: Building): number {
  const { loose, add } = building;
  if (loose.length > 4 * statesMax) return from;
  switch (node.type) {
    case 'characters': {
      const to = add();
      loose[from]?.edges.push({ characters: node.characters, to });
      return to;
    }
    case 'sequence':
      return node.parts.reduce((at, part) => connect(part, at, building), from);
    case 'choice': {
      const ends = node.branches.map((branch) => {
        const entry = add();
        loose[from]?.silent.push(entry);
        return connect(branch, entry, building);
      });
      const to = add();
      for (const each of ends) loose[each]?.silent.push(to);
      return to;
    }
    case 'repeat': {
      let at = from;
      for (let time = 0; time < node.least; time += 1) at = connect(node.part, at, building);
      const stops = [at];
      for (let time = node.least; time < node.most; time += 1) {
        at = connect(node.part, at, building);
        stops.push(at);
      }
      const to = add();
      for (const stop of stops) loose[stop]?.silent.push(to);
      return to;
    }
  }
}

function determine(loose: readonly LooseState[], start: number, end: number): AutomatonState[] | null {
  const places = new Map<string, number>();
  const members: (readonly number[])[] = [];
  const placeOf = (states: readonly number[]): number => {
    const closed = closureOf(loose, states);
    const key = closed.join();
    const place = places.get(key) ?? members.push(closed) - 1;
    places.set(key, place);
    return place;
  };
  placeOf([start]);
  const states: AutomatonState[] = [];
  for (const inside of members) {
    if (members.length > statesMax) return null;
    const targets = new Map<string, number[]>();
    for (const { characters, to } of inside.flatMap((state) => loose[state]?.edges ?? []))
      for (const character of characters) targets.set(character, [...(targets.get(character) ?? []), to]);
    const byTarget = new Map<number, string[]>();
    for (const [character, to] of [...targets].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const target = placeOf(to);
      byTarget.set(target, [...(byTarget.get(target) ?? []), character]);
    }
    const edges = [...byTarget].map(([to, characters]) => ({ characters, to }));
    states.push({ isEnd: inside.includes(end), edges });
  }
  return states;
}

/** With all states that are reached without reading, ascending. */
function closureOf(loose: readonly LooseState[], states: readonly number[]): readonly number[] {
  const found = new Set(states);
  for (const state of found) for (const next of loose[state]?.silent ?? []) found.add(next);
  return [...found].sort((a, b) => a - b);
}
