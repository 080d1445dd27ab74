import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { CurrentQuestions, QuestionSet, RiskScale } from './question-set.js';
import { questionSetSchema } from './question-set-schema.js';

/** A question set is missing or does not hold together; the program does not start with it. */
class QuestionSetError extends Error {
  constructor(file: string, why: string) {
    super(`Question set ${file}: ${why}`);
    this.name = 'QuestionSetError';
  }
}

const ajv = new Ajv({ allErrors: true });
const isQuestionSet = ajv.compile<QuestionSet>(questionSetSchema);

/** The set with the highest version among `questions-<version>.json`. @throws {QuestionSetError} */
export function loadQuestions(directory: string): CurrentQuestions {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  const sets = files.map((name) => read(directory, name)).sort((a, b) => b.version - a.version);
  const [set] = sets;
  if (!set) throw new QuestionSetError(directory, 'there is none');
  return { set, hash: sha256Hex(canonicalJson(set)) };
}

function read(directory: string, name: string): QuestionSet {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(directory, name), 'utf8'));
  } catch (error) {
    throw new QuestionSetError(name, error instanceof Error ? error.message : String(error));
  }
  if (!isQuestionSet(value)) {
    throw new QuestionSetError(name, ajv.errorsText(isQuestionSet.errors, { dataVar: '' }));
  }
  const wrong = problemOf(value, name);
  if (wrong !== null) throw new QuestionSetError(name, wrong);
  return value;
}

function problemOf(set: QuestionSet, name: string): string | null {
  if (name !== `questions-${set.version}.json`) return `it is version ${set.version}, so it has another name`;
  const questions = set.sections.flatMap((section) => section.questions);
  const ids = [...set.sections, ...questions, ...set.risks].map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? scaleProblem(set.scale) : `"${twice}" is there twice`;
}

/** A level for each pair, that never falls as either grows: or a worse risk could pass for a smaller one. */
function scaleProblem({ likelihood, severity, levels }: RiskScale): string | null {
  const isFull = levels.length === likelihood.length && levels.every((row) => row.length === severity.length);
  if (!isFull) return 'the scale needs a level for each likelihood and severity';
  const rank = levels.map((row) => row.map((level) => ['LOW', 'MEDIUM', 'HIGH'].indexOf(level)));
  const falls = rank.some((row, i) =>
    row.some((value, j) => value < (rank[i - 1]?.[j] ?? 0) || value < (row[j - 1] ?? 0)),
  );
  if (falls) return 'a level of the scale falls where likelihood or severity grows';
  return rank.at(-1)?.at(-1) === 2 ? null : 'the worst case of the scale is HIGH';
}
