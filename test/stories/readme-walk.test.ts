import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Service, startService } from '../support/service.js';
import { matchAnswer, type Named } from '../support/match-answer.js';
import { demoPassword } from '../../src/modules/identity/demo-people.js';
import { ApiClient } from '../../src/commands/example/api-client.js';

interface Block {
  readonly language: string;
  readonly who: string;
  readonly text: string;
}

const fence = /^```(graphql|json|sh)(?: ([a-z]+))?\n(.*?)^```$/gms;

function walkOf(readme: string): Block[] {
  const walk = readme.slice(readme.indexOf('## Five minutes'), readme.indexOf('## Settings'));
  return [...walk.matchAll(fence)].map(([, language = '', who = '', text = '']) => ({ language, who, text }));
}

/** Puts the values of earlier answers in place of their names. */
function filled(text: string, named: Named): string {
  return text.replace(/<(\w+)>/g, (whole, name: string) => named.get(name) ?? whole);
}

const patienceMs = 30_000;

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Asks; a query is asked again until the answer is the one of the page, as the page says. */
async function ask(person: ApiClient, block: Block, expected: unknown, named: Named): Promise<void> {
  const document = filled(block.text, named);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { data, errors } = await person.post(document);
    const difference = matchAnswer(data ?? errors, expected, named);
    if (difference === null) return;
    if (document.includes('mutation') || performance.now() > deadline) {
      throw new Error(`${document}\nanswered otherwise than the README says: ${difference}`);
    }
    await sleep(100);
  }
}

/** Does what the curl command of the page does. */
async function curl(person: ApiClient, block: Block, named: Named): Promise<void> {
  const [, file] = /-T (\S+)/.exec(block.text) ?? [];
  const [, path = ''] = /http:\/\/127\.0\.0\.1:3000(\S+)/.exec(block.text) ?? [];
  const answer = file
    ? await person.uploadFile(filled(path, named), file)
    : await person.get(filled(path, named));
  expect([path, answer.status]).toEqual([path, 200]);
  await answer.arrayBuffer();
}

it('works as the README says, step by step', async () => {
  const blocks = walkOf(readFileSync('README.md', 'utf8'));
  expect(blocks.length).toBeGreaterThan(30);
  const people = new Map([['anonymous', ApiClient.anonymous(service.baseUrl)]]);
  const named: Named = new Map();
  for (const [index, block] of blocks.entries()) {
    if (block.language === 'json') continue;
    const known = people.get(block.who);
    const person =
      known ?? (await ApiClient.signIn(service.baseUrl, `${block.who}@demo.example`, demoPassword));
    people.set(block.who, person);
    if (block.language === 'sh') {
      await curl(person, block, named);
    } else {
      const answer = blocks[index + 1];
      await ask(person, block, JSON.parse(answer?.text ?? ''), named);
    }
  }
});
