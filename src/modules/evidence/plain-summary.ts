import type { Check } from '../../evaluation/check.js';
import { countText, figureText, plural } from '../../evaluation/figure.js';
import type { AttemptFact, EvidenceFacts } from './evidence-facts.js';

/** What can go wrong with synthetic data, and which checks measure it, by their names. */
const dangers: readonly { readonly danger: string; readonly measuredBy: RegExp }[] = [
  { danger: 'rows that copy a real record', measuredBy: /cop(y|ies)/ },
  { danger: 'rows that lie too near to a real record', measuredBy: /nearest|distance|dcr|nndr/ },
  { danger: 'singling somebody out', measuredBy: /singling/ },
  { danger: 'linking rows with other data', measuredBy: /linkab|linkage/ },
  { danger: 'inferring an attribute of a person', measuredBy: /attribute|inference/ },
  { danger: 'telling whose record was in the extract', measuredBy: /membership/ },
  { danger: 'relations between columns', measuredBy: /correlation|bivariate|pair|multivariate|propensity/ },
  { danger: 'fairness between groups of people', measuredBy: /fair|bias|subgroup/ },
];

const exposure = {
  STRUCTURAL: 'The generator was given the structure of the source alone, no figure and no record.',
  LOW: 'The generator was given counts over one column at a time, signed for release, and never a record.',
  HIGH: 'The generator was fitted on the real records themselves.',
} as const;

/**
 * One paragraph in plain text for information governance: what leaves, what was suppressed, what was checked and what
 * was not. Made from the records alone; the evaluator may edit a copy, and this one is kept beside it.
 */
export function plainSummary(facts: EvidenceFacts): string {
  return [
    ...(facts.source.kind === 'RULES'
      ? [simulated(facts)]
      : [leaving(facts), exposure[facts.request.tier], suppressed(facts)]),
    checked(facts),
    tried(facts),
    untested(facts),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
    .replace(/\s+/gu, ' ');
}

function simulated({ request, candidate, source, mechanism }: EvidenceFacts): string {
  const maker = `${mechanism.generator} ${mechanism.generatorVersion}`;
  return (
    `What leaves is the invented lives of ${plural(candidate.rows, 'person')} for "${request.title}", simulated by ` +
    `${maker} by the clinical rules "${source.name}" version ${source.version}. No real record was looked at, so ` +
    'nothing had to be suppressed.'
  );
}

function leaving({ request, candidate, source, mechanism }: EvidenceFacts): string {
  const size = `${plural(candidate.rows, 'row')} and ${plural(request.columns.length, 'column')}`;
  const maker = `${mechanism.generator} ${mechanism.generatorVersion}`;
  return (
    `What leaves is a synthetic dataset of ${size}, drawn by ${maker} for "${request.title}", after ` +
    `"${source.name}" version ${source.version}, which holds ${plural(source.rows, 'real record')}.`
  );
}

function suppressed({ mechanism, profile, model }: EvidenceFacts): string {
  if (model) return modelWords(model);
  if (!profile) return 'Nothing had to be suppressed, as no figure of the source was used.';
  const { cellCountMin, countRounding } = mechanism.disclosureControl;
  const withheld = profile.columns.filter(({ kind }) => kind === 'withheld').map(({ name }) => name);
  const pooled = profile.columns
    .filter((column) => column.kind === 'categorical' && column.pooledCount > 0)
    .map(({ name }) => name);
  const hidden = profile.columns.filter(({ missingCount }) => missingCount === null).length;
  return [
    `In the statistics, nothing rests on fewer than ${plural(cellCountMin, 'record')}`,
    `counts are rounded to multiples of ${countText(countRounding)}`,
    withheld.length === 0 ? 'no column was withheld' : `withheld altogether: ${withheld.join(', ')}`,
    pooled.length === 0
      ? 'no category was pooled'
      : `rare categories were pooled in ${plural(pooled.length, 'column')}`,
    `${plural(hidden, 'small number')} of missing values ${hidden === 1 ? 'was' : 'were'} suppressed.`,
  ].join('; ');
}

function modelWords({ trainRows, holdoutRows, columns }: NonNullable<EvidenceFacts['model']>): string {
  return (
    `It learned ${plural(columns.length, 'column')} from ${plural(trainRows, 'record')}; ` +
    `${countText(holdoutRows)} were kept back to compare with. What the model holds is not suppressed by ` +
    'disclosure control of statistics: the checks have to show that it tells of nobody.'
  );
}

function checked({ evaluation }: EvidenceFacts): string {
  const { checks, waived } = evaluation;
  const named = (status: Check['status']): string[] =>
    checks.filter((check) => check.status === status).map(checkWords);
  const [fails, reviews] = [named('fail'), named('review')];
  return [
    `${plural(checks.length, 'check')} ran against the policy: ${checks.map(({ name }) => name).join(', ')}.`,
    fails.length + reviews.length === 0 ? 'All passed.' : '',
    reviews.length === 0 ? '' : `To be judged by a person: ${reviews.join('; ')}.`,
    fails.length === 0 ? '' : `Failed: ${fails.join('; ')}.`,
    waived.length === 0 ? '' : `Let pass by people of the audit team: ${waived.join(', ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Whoever tries often enough gets a candidate that passes by chance, so the reader is told how often it was. */
function tried({ attempts, attemptsElsewhere: { made, failed } }: EvidenceFacts): string {
  const earlier = attempts.slice(0, -1);
  return [
    earlier.length === 0
      ? ''
      : `It took ${plural(attempts.length, 'attempt')}: ${earlier.map(attemptWords).join('; ')}.`,
    made === 0
      ? ''
      : `The same mechanism made ${plural(made, 'candidate')} for other requests, of which ${countText(failed)} failed.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function attemptWords({ attempt, candidateHash, outcome, failedChecks }: AttemptFact): string {
  if (candidateHash === null) return `attempt ${attempt} made no candidate`;
  if (outcome === null) return `the candidate of attempt ${attempt} was not checked`;
  if (failedChecks.length === 0) return `the candidate of attempt ${attempt} did not fail and was discarded`;
  return `the candidate of attempt ${attempt} failed ${failedChecks.join(', ')}`;
}

function checkWords({ name, value, threshold }: Check): string {
  if (value === null) return `${name}, which did not run`;
  return `${name} at ${figureText(value)} where ${figureText(threshold.pass)} passes`;
}

/** A check that did not run has measured nothing. */
function untested({ evaluation, source }: EvidenceFacts): string {
  // There is nobody who could be found in them.
  if (source.kind === 'RULES') return 'Whether they resemble real patients was not measured by any check.';
  const ran = evaluation.checks.filter(({ value }) => value !== null).map(({ name }) => name);
  const missed = dangers.filter(({ measuredBy }) => !ran.some((name) => measuredBy.test(name)));
  if (missed.length === 0) return 'Each danger that picketfence knows of was measured by some check.';
  return `Not measured by any check: ${missed.map(({ danger }) => danger).join('; ')}.`;
}
