import { entryOf, everyNode, isNull, type DataNode } from '../data-node.js';
import { placeOf, type LintFolder } from '../lint-folder.js';
import type { Place } from '../finding.js';
import type { GeneratorCall } from '../readers/generator-calls.js';
import type { LintRule } from './lint-rule.js';

export const codeTag: LintRule = {
  id: 'code-tag',
  title: 'No value asks the reader to run code',
  severity: 'fail',
  reason: 'datafaker loads src-stats with a loader that runs what a !!python tag names.',
  find: ({ files }) =>
    files.flatMap(({ root }) =>
      root === null
        ? []
        : [...everyNode(root)]
            .filter(({ foreignTag }) => foreignTag?.includes('python'))
            .map((node) =>
              placeOf(node, 'This tag makes Python build an object or call a function when it is read.'),
            ),
    ),
};

export const codeInConfiguration: LintRule = {
  id: 'code-in-configuration',
  title: 'The configuration calls known generators with plain arguments',
  severity: 'review',
  reason: 'Names and arguments are pasted into a Python program as they stand: a configuration is code.',
  find: (folder) => [...modulesNamed(folder), ...folder.calls.flatMap(codeInCall)],
};

function modulesNamed({ files }: LintFolder): Place[] {
  return files.flatMap(({ kind, root }) => {
    if (kind !== 'config' || root === null) return [];
    return ['row_generators_module', 'story_generators_module']
      .map((name) => entryOf(root, name))
      .filter((node) => node !== undefined && !isNull(node))
      .map((node) => placeOf(node ?? root, 'A Python module of the hospital is loaded; read it, too.'));
  });
}

const knownFunction = /^(dist_gen|generic|column_presence)(\.[a-z_]\w*)+$/i;

function codeInCall({ node, name, functionName, kind, args }: GeneratorCall): Place[] {
  const isOwn = kind === 'story' || kind === 'object' || !knownFunction.test(functionName);
  const why = 'This calls a function that is not one of the built-in generators; read it, too.';
  const called = isOwn ? [placeOf(name ?? node, why)] : [];
  const expressions = args.flatMap((arg) => [...everyNode(arg)]).filter(isExpression);
  return [
    ...called,
    ...expressions.map((at) => placeOf(at, 'This argument is a Python expression that is run as it stands.')),
  ];
}

const reference = String.raw`SRC_STATS\["\w+"\](\["\w+"\]|\[\d+\])*`;
const plainArguments = [
  new RegExp(`^${reference}$`),
  new RegExp(String.raw`^sum\(r\["count"\] for r in ${reference}\)$`),
  /^"[^"\\]*"$/,
  /^'[^'\\]*'$/,
  /^(None|True|False|generic|dst_db_conn)?$/,
  /^-?\d+(\.\d+)?$/,
];

function isExpression(node: DataNode): boolean {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return false;
  const text = node.value.trim();
  return !plainArguments.some((form) => form.test(text));
}
