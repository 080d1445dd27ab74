import { entryOf, everyNode, isNull, membersOf, type DataNode, type ScalarNode } from '../data-node.js';
import type { Place } from '../finding.js';
import { infrastructureIn, infrastructureKey, isMasked, type InfrastructureKind } from '../infrastructure.js';
import { placeOf, type LintFolder } from '../lint-folder.js';
import { stemOf } from '../node-path.js';
import type { LintRule } from './lint-rule.js';

const sentences: Readonly<Record<InfrastructureKind, string>> = {
  connection: 'This is the address of a database; take it out before the file leaves.',
  host: 'This names a computer, a port or a folder of the hospital.',
  account: 'This names an account or an address of a person.',
  password: 'This is a password or another secret. Change it: whoever has read the file knows it.',
};

export const infrastructureNamed: LintRule = {
  id: 'infrastructure-named',
  title: 'No database, computer or account is named',
  severity: 'fail',
  reason: 'Host, port and account are half of a way in, and nobody who uses synthetic data needs them.',
  find: (folder) => revealing(folder, (kind) => kind !== 'password'),
};

export const passwordInFile: LintRule = {
  id: 'password-in-file',
  title: 'No password is in a file',
  severity: 'fail',
  reason: 'A password in a file that is passed around is known; it must be changed, not only taken out.',
  find: (folder) => revealing(folder, (kind) => kind === 'password'),
};

export const schemaNamed: LintRule = {
  id: 'schema-named',
  title: 'No schema of the source database is named',
  severity: 'review',
  reason: 'The name of a schema often is that of a project or a person.',
  find: ({ files }) =>
    files.flatMap(({ kind, root }) => {
      if (kind !== 'orm' || root === null) return [];
      const tables = membersOf(entryOf(root, 'tables')).map(([, table]) => table);
      return [root, ...tables]
        .map((owner) => entryOf(owner, 'schema'))
        .filter((node) => node?.kind === 'scalar' && !isNull(node) && !isMasked(String(node.value)))
        .map((node) => placeOf(node ?? root, 'This names a schema of the source database.'));
    }),
};

function revealing({ files }: LintFolder, wanted: (kind: InfrastructureKind) => boolean): Place[] {
  return files.flatMap(({ name, root, comments }) => {
    const scalars = root === null ? [] : [...everyNode(root)].filter((node) => node.kind === 'scalar');
    const inValues = scalars.flatMap((node) =>
      sentencesFor(kindsOf(node), wanted).map((why) => placeOf(node, why)),
    );
    const inComments = comments.flatMap(({ line, text }) =>
      sentencesFor(infrastructureIn(text), wanted).map((why) => ({
        file: name,
        path: `${stemOf(name)}#`,
        line,
        why,
      })),
    );
    return [...inValues, ...inComments];
  });
}

function sentencesFor(
  kinds: readonly InfrastructureKind[],
  wanted: (kind: InfrastructureKind) => boolean,
): string[] {
  // A connection names host and account, too; one finding is enough.
  const [first] = kinds.filter(wanted);
  return first === undefined ? [] : [sentences[first]];
}

function kindsOf(node: ScalarNode): InfrastructureKind[] {
  const kinds = typeof node.value === 'string' ? infrastructureIn(node.value) : [];
  const byKey = typeof node.step === 'string' && !isResult(node) ? infrastructureKey(node.step) : null;
  const isSaid = !isNull(node) && !isMasked(String(node.value));
  return byKey !== null && isSaid && !kinds.includes(byKey) ? [...kinds, byKey] : kinds;
}

/** Rows of results have the names of source columns. */
function isResult(node: DataNode): boolean {
  return (
    node.parent?.kind === 'map' && typeof node.parent.step === 'number' && node.parent.parent?.kind === 'list'
  );
}
