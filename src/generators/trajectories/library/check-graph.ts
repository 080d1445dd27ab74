import { isObject, type JsonObject } from './fields.js';
import type { Problem } from './problem.js';
import { waysOf } from './targets.js';

/** State types that can be left only when time has passed or something has happened. */
const waiting = new Set(['Guard', 'Delay', 'Procedure', 'Encounter', 'EncounterEnd', 'CallSubmodule']);

type Graph = ReadonlyMap<string, { readonly json: JsonObject; readonly targets: readonly string[] }>;

/** What the graph of a module says without running it: states that nothing leads to, and circles that never end. */
export function checkGraph(path: string, module: JsonObject): Problem[] {
  const graph = graphOf(module);
  const warn = (state: string, message: string): Problem => {
    return { severity: 'warning', file: path, state, field: null, message };
  };
  const reached = reachable(graph, ['Initial'], () => true);
  const unreached = graph.has('Initial') ? [...graph.keys()].filter((name) => !reached.has(name)) : [];
  return [
    ...unreached.map((name) => warn(name, 'nothing leads to this state.')),
    ...stuckVisits(graph).map((name) =>
      warn(name, 'comes back to itself without an EncounterEnd, so it can be passed once only.'),
    ),
    ...endless(graph).map((name): Problem => {
      const message = 'goes round in a circle of states that never wait, with no other way out.';
      return { severity: 'error', file: path, state: name, field: null, message };
    }),
  ];
}

function graphOf({ states }: JsonObject): Graph {
  const definitions = isObject(states) ? states : {};
  return new Map(
    Object.entries(definitions).map(([name, value]) => {
      const json = isObject(value) ? value : {};
      const targets = waysOf(json).map(({ target }) => target);
      return [name, { json, targets: targets.filter((target) => target in definitions) }];
    }),
  );
}

/** All states that can be reached from the given ones, which count; only `through` states are gone on from. */
function reachable(
  graph: Graph,
  from: readonly string[],
  through: (json: JsonObject) => boolean,
): Set<string> {
  const reached = new Set(from);
  for (const name of reached) {
    const node = graph.get(name);
    if (node !== undefined && through(node.json)) for (const target of node.targets) reached.add(target);
  }
  return reached;
}

const isVisit = (json: JsonObject): boolean => json['type'] === 'Encounter' && json['wellness'] === true;

/** Visits of the calendar that lead back to one without leaving the visit. */
function stuckVisits(graph: Graph): string[] {
  const leaves = (json: JsonObject): boolean => json['type'] !== 'EncounterEnd' && !isVisit(json);
  return [...graph]
    .filter(([, { json }]) => isVisit(json))
    .filter(([, { targets }]) =>
      [...reachable(graph, targets, leaves)].some((name) => {
        const found = graph.get(name);
        return found !== undefined && isVisit(found.json);
      }),
    )
    .map(([name]) => name);
}

/** States from which neither a waiting state nor a Terminal can be reached. */
function endless(graph: Graph): string[] {
  const holds = (json: JsonObject): boolean =>
    waiting.has(String(json['type'])) || json['type'] === 'Terminal';
  return [...graph.keys()].filter((name) => {
    const reached = [...reachable(graph, [name], (json) => !holds(json))];
    return reached.every((state) => {
      const node = graph.get(state);
      return node !== undefined && !holds(node.json) && node.targets.length > 0;
    });
  });
}
