import { describeColumn } from '../../evaluation/disclosure/review/describe-column.js';
import { countText } from '../../evaluation/figure.js';
import type { EvidenceFacts } from '../evidence/index.js';
import type { FactGroup } from './assessment-content.js';

const exposure = {
  STRUCTURAL: 'names and types of columns only; no figure and no record',
  LOW: 'counts over one column at a time after disclosure control; no record',
  HIGH: 'the records themselves: the model was fitted on them',
} as const;

/** What the generator was given. */
const inputWords = { STRUCTURAL: 'Public schema', LOW: 'Signed profile', HIGH: 'Fitted model' } as const;

const fact = (label: string, value: string | number): { label: string; value: string } => ({
  label,
  value: String(value),
});

const facts = (
  id: FactGroup['id'],
  title: string,
  ...pairs: readonly ReturnType<typeof fact>[]
): FactGroup => ({ id, title, facts: pairs, table: null });

/** What the records answer by themselves. The same records give the same facts. */
export function prefilled(evidence: EvidenceFacts): FactGroup[] {
  const { request, source, mechanism, candidate, evaluation } = evidence;
  return [
    facts(
      'request',
      'The request',
      fact('Reference', request.reference),
      fact('Title', request.title),
      fact('Purpose', request.purpose),
      fact('Use', request.useCase),
      fact('Rows asked for', request.rows),
      fact('Formats', request.formats.join(', ')),
      ...declaredFacts(request.declaredUse),
    ),
    facts('tier', 'The tier', fact('Tier', request.tier), fact('Generator saw', exposure[request.tier])),
    facts(
      'source',
      'The source',
      fact('Name', source.name),
      fact('Version', source.version),
      fact('Records', countText(source.rows)),
      fact('Citation', source.citation),
      fact('Licence', source.licence),
      fact('SHA-256', source.contentHash),
    ),
    columnFacts(evidence),
    facts(
      'generator',
      'The generator',
      fact('Generator', `${mechanism.generator} ${mechanism.generatorVersion}`),
      fact('Parameters', JSON.stringify(mechanism.parameters)),
      fact('Permitted uses', mechanism.permittedUses.join(', ')),
      fact('Rows drawn', countText(candidate.rows)),
      fact('Seed', candidate.seed),
      fact('Attempts', evidence.attempts.length),
      fact('Checks that earlier attempts failed', failedBefore(evidence)),
      fact('Mechanism (SHA-256)', mechanism.hash),
      fact(`${inputWords[request.tier]} (SHA-256)`, mechanism.inputHash),
      fact('Candidate (SHA-256)', candidate.hash),
    ),
    facts(
      'disclosure-control',
      'Disclosure control of the statistics',
      ...Object.entries<number>({ ...mechanism.disclosureControl }).map(([rule, value]) => fact(rule, value)),
    ),
    checkFacts(evidence),
    deedFacts(evidence),
    facts('policy', 'The policy', fact('Policy of the checks (SHA-256)', evaluation.policyHash)),
  ];
}

function declaredFacts({
  target,
  protectedColumns,
  rules,
}: EvidenceFacts['request']['declaredUse']): ReturnType<typeof fact>[] {
  const groups = protectedColumns.map(({ column, cuts }) =>
    cuts.length === 0 ? column : `${column} from ${cuts.join(', ')}`,
  );
  return [
    fact('To be predicted', target ?? 'nothing declared'),
    fact('Groups of people by', groups.length === 0 ? 'nothing declared' : groups.join('; ')),
    fact('Clinical rules', rules ?? 'nothing declared'),
  ];
}

function failedBefore({ attempts }: EvidenceFacts): string {
  const names = attempts.slice(0, -1).flatMap(({ failedChecks }) => failedChecks);
  return names.length === 0 ? 'none' : [...new Set(names)].sort().join(', ');
}

function columnFacts(evidence: EvidenceFacts): FactGroup {
  const { columns, request, model } = evidence;
  const rows = columns.map(({ name, type, isAsked }) => [
    name,
    type,
    isAsked ? 'yes' : 'no',
    columnWords(evidence, name),
  ]);
  const head = ['Column', 'Type', 'In the dataset', `What the generator was told (${request.tier})`];
  const learned =
    model === null
      ? []
      : [
          fact('Records learned from', countText(model.trainRows)),
          fact('Records kept back', countText(model.holdoutRows)),
        ];
  return { id: 'columns', title: 'Columns of the source', facts: learned, table: { head, rows } };
}

function columnWords({ profile, model }: EvidenceFacts, name: string): string {
  const described = profile?.columns.find((column) => column.name === name);
  if (profile && described) return describeColumn(described, profile.disclosureControl.cellCountMin);
  const learned = model?.columns.find((column) => column.name === name);
  if (learned) return `learned from records, because: ${learned.justification}`;
  return profile || model ? 'nothing' : 'its name and type';
}

function checkFacts({ evaluation }: EvidenceFacts): FactGroup {
  const rows = evaluation.checks.map(({ name, value, direction, threshold, status, explanation }) => [
    name,
    value === null ? 'did not run' : String(value),
    `${direction === 'higher' ? 'at least' : 'at most'} ${threshold.pass} passes; ${threshold.fail} is the limit`,
    evaluation.waived.includes(name) ? `${status}, let pass by people` : status,
    explanation,
  ]);
  return {
    id: 'checks',
    title: 'Checks of the candidate',
    facts: [fact('Outcome', evaluation.outcome)],
    table: { head: ['Check', 'Value', 'Threshold', 'Status', 'In words'], rows },
  };
}

function deedFacts({ deeds }: EvidenceFacts): FactGroup {
  const rows = deeds.map(({ at, role, action }) => [at, role, action]);
  const table = { head: ['When (UTC)', 'Who, by role', 'Did'], rows };
  return { id: 'people', title: 'What was done so far', facts: [], table };
}
