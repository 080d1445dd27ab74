import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadQuestions } from './load-questions.js';
import type { QuestionSet } from './question-set.js';

const set = JSON.parse(readFileSync('content/dpia/questions-1.json', 'utf8')) as QuestionSet;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'picketfence-questions-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const write = (name: string, content: object): void => {
  writeFileSync(join(directory, name), JSON.stringify(content));
};

describe('the question set', () => {
  it('in force is that with the highest version, and has a hash of what it says', () => {
    write('questions-1.json', set);
    const first = loadQuestions(directory);
    expect(first.set).toEqual(set);
    write('questions-2.json', { ...set, version: 2 });
    const second = loadQuestions(directory);
    expect(second.set.version).toBe(2);
    expect(second.hash).not.toBe(first.hash);
  });

  it('follows the seven steps', () => {
    expect(set.sections.map(({ id }) => id)).toEqual([
      ...['need', 'processing', 'consultation', 'necessity', 'risks', 'measures', 'sign-off'],
    ]);
  });

  const falling = set.scale.levels.map((row, index) => (index === 2 ? ['LOW', 'LOW', 'HIGH'] : row));
  it.each<[string, object, string]>([
    ['another version than its name', { ...set, version: 2 }, 'it has another name'],
    ['no risks', { ...set, risks: [] }, 'must NOT have fewer than 1 items'],
    ['a field too many', { ...set, colour: 'red' }, 'must NOT have additional properties'],
    ['an id twice', { ...set, risks: [...set.risks, set.risks[0]] }, 'is there twice'],
    ['a scale with holes', { ...set, scale: { ...set.scale, levels: [['LOW']] } }, 'a level for each'],
    ['a scale that falls', { ...set, scale: { ...set.scale, levels: falling } }, 'falls'],
    [
      'a scale that knows no high risk',
      { ...set, scale: { ...set.scale, levels: set.scale.levels.map((row) => row.map(() => 'LOW')) } },
      'the worst case of the scale is HIGH',
    ],
  ])('is refused with %s', (_, content, why) => {
    write('questions-1.json', content);
    expect(() => loadQuestions(directory)).toThrow(why);
  });

  it('is refused when there is none', () => {
    expect(() => loadQuestions(directory)).toThrow('there is none');
  });
});
