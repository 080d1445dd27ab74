import { figureText, plural } from '../figure.js';
import type {
  ColumnVerdict,
  ControlFigures,
  FigureStatus,
  NotTested,
  PairVerdict,
  ReportFigure,
  ReportVerdict,
  Usability,
} from './report.js';

/** What the candidate was held against. */
export type ComparedWith = 'nothing real' | 'real rows' | 'real and held-out rows';

interface Judged {
  readonly figures: readonly ReportFigure[];
  readonly columns: readonly ColumnVerdict[];
  readonly pairs: readonly PairVerdict[];
  readonly controls: readonly ControlFigures[];
  readonly compared: ComparedWith;
  /** Paragraphs that stand before the others. */
  readonly opening: readonly string[];
}

/** What the policy says of the whole, in words for information governance. */
export function verdictOf(judged: Judged): ReportVerdict {
  const titles = (status: FigureStatus): string[] =>
    judged.figures.filter((one) => one.status === status).map(titleWithTable);
  const [failed, toReview] = [titles('fail'), titles('review')];
  const status = failed.length > 0 ? 'fail' : toReview.length > 0 ? 'review' : 'pass';
  return { status, plainWords: plainWords(judged, failed, toReview), failed, toReview };
}

function titleWithTable({ title, table }: ReportFigure): string {
  return table === undefined ? title : `${title} (${table})`;
}

function plainWords(judged: Judged, failed: readonly string[], toReview: readonly string[]): string[] {
  const { columns, pairs, compared, opening } = judged;
  const verdict =
    failed.length > 0
      ? `By the policy these synthetic data fail ${plural(failed.length, 'measure')}: ${failed.join('; ')}.`
      : toReview.length > 0
        ? `By the policy no measure fails; ${plural(toReview.length, 'measure')} to be looked at by a person: ${toReview.join('; ')}.`
        : 'By the policy every measure that has a threshold passes.';
  if (compared === 'nothing real') return [...opening, verdict, nothingReal];
  return [
    ...opening,
    verdict,
    `Of ${plural(columns.length, 'column')}: ${usabilityWords(columns)}. Of ${plural(pairs.length, 'pair')} of columns: ${usabilityWords(pairs)}.`,
    ...qualityWords(judged),
    'This report measures how much the synthetic data resemble the real data. Resemblance is not privacy: a copy of the real data would score best of all. ' +
      (compared === 'real and held-out rows'
        ? 'The figures on closeness use real records that were held out; they can show that records were copied, never that none can be recognised.'
        : 'No real records were held out, so nothing here says whether the generator remembers the people it learned from.'),
  ];
}

const nothingReal =
  'There is nothing real to compare these data with: no figure here says how much they resemble patients.';

function usabilityWords(judged: readonly { readonly usability: Usability }[]): string {
  const count = (usability: Usability): number => judged.filter((one) => one.usability === usability).length;
  return `use: ${count('use')}, use with care: ${count('use with care')}, do not use: ${count('do not use')}`;
}

function qualityWords({ controls }: Judged): string[] {
  const [candidate] = controls.filter(({ control }) => control === 'candidate');
  if (!candidate) return [];
  const scoreOf = (control: ControlFigures['control']): number | null =>
    controls
      .find((one) => one.control === control && one.table === candidate.table)
      ?.figures.find(({ name }) => name === 'quality-score')?.value ?? null;
  const [own, independent, bootstrap] = [
    scoreOf('candidate'),
    scoreOf('independent columns'),
    scoreOf('bootstrap of the real rows'),
  ];
  if (own === null || independent === null || bootstrap === null) return [];
  const place =
    own <= independent
      ? 'no better than columns drawn one by one, so its relations should not be relied on'
      : 'between the two';
  return [
    `The quality score is ${figureText(own)}. Columns drawn one by one reach ${figureText(independent)} and real records drawn again ${figureText(bootstrap)}, so the score is ${own > bootstrap ? 'as high as that of real records drawn again, which calls for a look at copying' : place}.`,
  ];
}

/** What this report never says anything about. */
export function alwaysNotTested(compared: ComparedWith): NotTested[] {
  if (compared === 'nothing real') return [{ what: 'Likeness to real data', why: nothingReal }];
  return [
    {
      what: 'Interactions of four and more columns',
      why: 'Only single columns, pairs and triples are compared, and the model that tells the tables apart has no interactions.',
    },
    ...(compared === 'real and held-out rows'
      ? []
      : [
          {
            what: 'Memorising of training records',
            why: 'No real records were held out.',
          },
        ]),
  ];
}
