import { Composer, type CST, type Document, LineCounter } from 'yaml';
import type { DataNode } from './data-node.js';
import { UnreadableError } from './unreadable-error.js';
import { NodeReader } from './yaml-nodes.js';
import { yamlTokens } from './yaml-tokens.js';

export interface Comment {
  readonly line: number;
  readonly text: string;
}

export interface YamlContent {
  readonly root: DataNode;
  readonly comments: readonly Comment[];
}

/**
 * Reads YAML (or JSON, which is part of it) as plain data: the core schema, no tag that makes anything of its value,
 * one document, no name twice in a map.
 * @throws {UnreadableError}
 */
export function readYaml(file: string, text: string): YamlContent {
  const lines = new LineCounter();
  const { tokens, comments } = yamlTokens(text, lines);
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const document = onlyDocument(tokens, lineAt);
  return {
    root: new NodeReader(file, lines).read(document.contents),
    comments: comments.map(({ offset, text: comment }) => ({ line: lineAt(offset), text: comment })),
  };
}

function onlyDocument(tokens: readonly CST.Token[], lineAt: (offset: number) => number): Document.Parsed {
  // Names are compared by our own reader: the library's way takes a time that grows with their square.
  const options = {
    schema: 'core',
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
  } as const;
  const documents = new Composer(options).compose(tokens);
  const found: Document.Parsed[] = [];
  for (const document of documents) {
    found.push(document);
    if (found.length > 1) throw new UnreadableError('It holds more than one YAML document.');
  }
  const [first] = found;
  if (first === undefined) throw new UnreadableError('It is empty.');
  const [error] = first.errors;
  if (error) throw new UnreadableError('It is not well-formed YAML.', lineAt(error.pos[0]));
  return first;
}
