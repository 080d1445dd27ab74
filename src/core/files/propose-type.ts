import { dateFormats } from '../schema/date-format.js';
import type { DateFormat } from '../schema/date-format.js';
import type { SemanticType } from '../schema/schema.js';
import type { ColumnFeatures } from './column-features.js';
import { nameHints } from './name-hints.js';
import type { NameHints } from './name-hints.js';

export interface TypeProposal {
  readonly type: SemanticType;
  /** One sentence that quotes no value. */
  readonly reason: string;
  /** Of dates that are not written YYYY-MM-DD. */
  readonly dateFormat?: DateFormat;
}

interface Evidence extends ColumnFeatures {
  readonly hints: NameHints;
  /** Distinct values by present cells. */
  readonly share: number;
}
type Rule = (evidence: Evidence) => TypeProposal | null;

/** A share of cells that leaves room for a few typing errors. */
const nearlyAll = 0.95;
/** A coded attribute has at most so many codes. */
const codesMax = 1000;
/** Bands of one number; more of them are likelier something else. */
const bandsMax = 100;
/** Fewer whole numbers that could be dates are not taken for any. */
const datesMin = 5;
const truths = ['0 1', 'f t', 'false true', 'n y', 'no yes'];

/** Proposes what a column means; a person confirms. The first rule that speaks wins. */
export function proposeType(features: ColumnFeatures): TypeProposal {
  const share = features.present === 0 ? 0 : features.distinct / features.present;
  const evidence = { ...features, hints: nameHints(features.name), share };
  for (const rule of rules) {
    const proposal = rule(evidence);
    if (proposal !== null) return proposal;
  }
  return { type: 'category', reason: `The cells are texts with ${features.distinct} different values.` };
}

const rules: readonly Rule[] = [
  ({ present }) => when(present === 0, 'category', 'Every cell is empty or a missing marker.'),
  ({ tooLarge, integers, present }) =>
    when(
      tooLarge > 0 && integers === present,
      'identifier',
      'Some whole numbers are too large to be measurements.',
    ),
  ({ nhsNumbers, present }) =>
    when(
      nhsNumbers >= nearlyAll * present,
      'identifier',
      'The cells are valid NHS numbers (ten digits, check digit).',
    ),
  ({ uuids, present }) => when(uuids >= nearlyAll * present, 'identifier', 'The cells are UUIDs.'),
  ({ emails, present }) =>
    when(emails >= nearlyAll * present, 'identifier', 'The cells are e-mail addresses.'),
  ({ postcodes, present }) =>
    when(postcodes >= nearlyAll * present, 'identifier', 'The cells are UK postcodes.'),
  ({ booleanWords }) =>
    when(
      truths.includes(booleanWords.join(' ')),
      'boolean',
      'The cells hold the two words of a yes-or-no answer.',
    ),
  proposeForDateTexts,
  proposeForDiagnoses,
  proposeByName,
  ({ dates, present }) => when(dates === present, 'date', 'Every cell is a calendar date.'),
  ({ datetimes, present }) => when(datetimes === present, 'datetime', 'Every cell is a date with a time.'),
  (evidence) => (evidence.integers === evidence.present ? proposeForIntegers(evidence) : null),
  (evidence) => (evidence.numbers === evidence.present ? proposeForNumbers(evidence) : null),
  ({ bands, present, distinct }) =>
    when(
      bands === present && distinct <= bandsMax,
      'category',
      `The cells are bands of numbers, ${distinct} different ones.`,
    ),
  proposeForTexts,
];

function when(condition: boolean, type: SemanticType, reason: string): TypeProposal | null {
  return condition ? { type, reason } : null;
}

/** Dates with another order or as eight digits; where several readings fit every cell, the reason says so. */
function proposeForDateTexts({ dateTexts, present }: Evidence): TypeProposal | null {
  const fitting = dateFormats.filter((format) => dateTexts.get(format) === present);
  const [dateFormat, other] = fitting;
  if (dateFormat === undefined || present < datesMin) return null;
  const reason =
    other === undefined
      ? `Every cell is a date written ${dateFormat}.`
      : `Every cell is a date written ${dateFormat}, or ${other}: no day tells which, so say it.`;
  return { type: 'date', reason, dateFormat };
}

function proposeForDiagnoses({ hints, icdCodes, present, distinct }: Evidence): TypeProposal | null {
  if (!hints.diagnosis || icdCodes < nearlyAll * present) return null;
  return {
    type: 'category',
    reason: `The name says diagnosis, and the cells have the form of ICD codes, ${distinct} different ones.`,
  };
}

function proposeByName(evidence: Evidence): TypeProposal | null {
  const { hints, distinct, share, numbers, integers } = evidence;
  if (numbers > integers && numbers === evidence.present) return null;
  if (hints.person && (distinct > 20 || share >= 0.5)) {
    return {
      type: 'identifier',
      reason: 'The name says that it identifies or reaches a person, and the values vary.',
    };
  }
  if (!hints.key) return null;
  // A key with many values is taken for one even where it repeats: a patient has several visits.
  const many = hints.coded ? distinct > codesMax : distinct > 50 || share >= 0.5;
  if (many) {
    return {
      type: 'identifier',
      reason: `The name says that it is a key, and there are ${distinct} different values.`,
    };
  }
  return {
    type: 'category',
    reason: `The name says that it is a key, but with ${distinct} different values it is a code.`,
  };
}

function proposeForIntegers({
  hints,
  distinct,
  share,
  present,
  leadingZeros,
  negatives,
}: Evidence): TypeProposal {
  if (leadingZeros > 0) {
    if (share >= 0.9)
      return { type: 'identifier', reason: 'Digits with leading zeros, and nearly every row has its own.' };
    return { type: 'category', reason: 'Digits with leading zeros are codes, not numbers.' };
  }
  const unique = (share === 1 && present >= 20) || (share >= 0.98 && present >= 100);
  if (unique && !hints.measured) {
    return { type: 'identifier', reason: 'Nearly every row has a whole number of its own.' };
  }
  if (hints.coded && !hints.measured && distinct <= codesMax && share <= 0.2) {
    return {
      type: 'category',
      reason: `The name says that it is a code, and there are ${distinct} different whole numbers.`,
    };
  }
  // The rule of SDV's metadata detection (0.29), which takes a few whole numbers for codes.
  const few = present > 5 && negatives === 0 && distinct <= Math.min(Math.round(present / 10), 10);
  if (few && !hints.measured) {
    return {
      type: 'category',
      reason: `There are only ${distinct} different whole numbers, so they may be codes.`,
    };
  }
  return { type: 'integer', reason: 'Every cell is a whole number.' };
}

function proposeForNumbers({ hints, distinct, share }: Evidence): TypeProposal {
  if (hints.coded && distinct <= codesMax && share <= 0.2) {
    return {
      type: 'category',
      reason: `The name says that it is a code, and there are ${distinct} different values.`,
    };
  }
  return { type: 'number', reason: 'Every cell is a number, and some have a fraction.' };
}

function proposeForTexts({
  share,
  present,
  distinct,
  withSpaces,
  wordsMean,
  lengthMean,
}: Evidence): TypeProposal | null {
  if (lengthMean > 50 || (wordsMean >= 4 && share > 0.3 && present >= 20)) {
    return { type: 'free-text', reason: 'The cells are long texts, most of them different.' };
  }
  const varied = (share >= 0.98 && present >= 20) || (share > 0.5 && distinct > 100);
  if (!varied) return null;
  if (withSpaces > present / 2)
    return { type: 'free-text', reason: 'Most cells are texts of several words of their own.' };
  return { type: 'identifier', reason: 'Most rows have a text of their own.' };
}
