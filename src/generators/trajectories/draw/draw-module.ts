import { isObject, type JsonObject } from '../library/fields.js';
import { waysOf } from '../library/targets.js';

export const drawFormats = ['mermaid', 'dot'] as const;
export type DrawFormat = (typeof drawFormats)[number];

interface Node {
  readonly id: string;
  readonly label: string;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The states of a module and the ways between them, as text for Mermaid (`flowchart`) or Graphviz (`digraph`). */
export function drawModule(module: JsonObject, format: DrawFormat): string {
  const states = isObject(module['states']) ? module['states'] : {};
  const ids = new Map(Object.keys(states).map((name, index) => [name, `s${index}`]));
  const nodes: Node[] = [];
  const arrows: Arrow[] = [];
  for (const [name, id] of ids) {
    const state = states[name];
    if (!isObject(state)) continue;
    const type = typeof state['type'] === 'string' ? state['type'] : '?';
    nodes.push({ id, label: name === type ? name : `${name} (${type})` });
    for (const { target, label } of waysOf(state)) {
      const to = ids.get(target);
      if (to !== undefined) arrows.push({ from: id, to, label });
    }
  }
  return format === 'mermaid' ? mermaid(nodes, arrows) : dot(nodes, arrows);
}

function mermaid(nodes: readonly Node[], arrows: readonly Arrow[]): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;
  return [
    'flowchart TD',
    ...nodes.map(({ id, label }) => `  ${id}[${quoted(label)}]`),
    ...arrows.map(({ from, to, label }) => `  ${from} -->${label === '' ? '' : `|${quoted(label)}|`} ${to}`),
  ].join('\n');
}

function dot(nodes: readonly Node[], arrows: readonly Arrow[]): string {
  const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return [
    'digraph module {',
    ...nodes.map(({ id, label }) => `  ${id} [label=${quoted(label)}];`),
    ...arrows.map(
      ({ from, to, label }) => `  ${from} -> ${to}${label === '' ? '' : ` [label=${quoted(label)}]`};`,
    ),
    '}',
  ].join('\n');
}
