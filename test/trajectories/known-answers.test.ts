import { Random } from '../../src/core/random/random.js';
import type { CompiledModules } from '../../src/generators/trajectories/compile/compiled-modules.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import type { JsonObject } from '../../src/generators/trajectories/library/fields.js';
import type { Person, Sex } from '../../src/generators/trajectories/person/person.js';
import { RecordBuffers } from '../../src/generators/trajectories/record/record-buffers.js';
import { simulatePerson } from '../../src/generators/trajectories/simulate-person.js';
import { describeWithShared } from '../support/shared-data.js';
import { libraryOf } from '../support/trajectories/one-module.js';

/** PICKETFENCE_KNOWN_ANSWER_PERSONS asks for more. */
const persons = Number(process.env['PICKETFENCE_KNOWN_ANSWER_PERSONS'] ?? 1500);
const day = 86_400_000;

/** Five standard deviations of a share: two-sided a false alarm of 5.7e-7 for each comparison, 1e-5 for all of this file. */
const z = 5;

function shareOf(
  modules: CompiledModules,
  { sex, days, seed }: { sex: Sex; days: number; seed: string },
  isCounted: (person: Person) => boolean,
): number {
  const buffers = new RecordBuffers();
  const options = { random: Random.fromSeed(seed), end: days * day, buffers };
  let counted = 0;
  for (let index = 0; index < persons; index += 1)
    if (isCounted(simulatePerson(modules, { index, birth: 0, sex, attributes: {} }, options).person))
      counted += 1;
  return counted / persons;
}

/** The share lies within z standard deviations, sqrt(p (1 - p) / n), of its probability p. */
function expectShare(share: number, p: number): void {
  expect(Math.abs(share - p)).toBeLessThan(z * Math.sqrt((p * (1 - p)) / persons));
}

describe('answers that arithmetic knows', () => {
  const end = { type: 'Terminal' };
  const wait = { type: 'Delay', exact: { quantity: 7, unit: 'days' } };

  it('a wait of tries with probability 0.2 is geometric', () => {
    const library = libraryOf({
      m: {
        Initial: { type: 'Initial', direct_transition: 'Try' },
        Try: { type: 'Counter', attribute: 'tries', action: 'increment', direct_transition: 'Choose' },
        Choose: {
          type: 'Simple',
          distributed_transition: [
            { distribution: 0.2, transition: 'End' },
            { distribution: 0.8, transition: 'Wait' },
          ],
        },
        Wait: { ...wait, direct_transition: 'Try' },
        End: end,
      },
    });
    const modules = compileModules({ natives: [], library });
    for (const tries of [1, 3])
      expectShare(
        shareOf(
          modules,
          { sex: 'F', days: 80, seed: `geometric ${tries}` },
          (person) => person.getByName('tries') === tries,
        ),
        0.2 * 0.8 ** (tries - 1),
      );
  });

  it('a Markov chain of three states is where its matrix says after 12 steps', () => {
    const matrix = { A: [0.5, 0.3, 0.2], B: [0.1, 0.6, 0.3], C: [0.4, 0.4, 0.2] } as const;
    const states = ['A', 'B', 'C'] as const;
    const library = libraryOf({
      m: {
        Initial: { type: 'Initial', direct_transition: 'A' },
        ...Object.fromEntries(
          states.flatMap((name): [string, JsonObject][] => [
            [name, { type: 'SetAttribute', attribute: 'at', value: name, direct_transition: `Wait ${name}` }],
            [
              `Wait ${name}`,
              {
                ...wait,
                distributed_transition: states.map((target, at) => ({
                  transition: target,
                  distribution: matrix[name][at],
                })),
              },
            ],
          ]),
        ),
      },
    });
    let at: number[] = [1, 0, 0];
    for (let step = 0; step < 12; step += 1)
      at = states.map((_, to): number =>
        states.reduce((sum: number, from, index) => sum + at[index]! * matrix[from][to]!, 0),
      );
    const modules = compileModules({ natives: [], library });
    // Weeks 0 to 12 are looked at; the chain has moved once in each but the first.
    states.forEach((name, index) => {
      const share = shareOf(
        modules,
        { sex: 'M', days: 12 * 7 + 1, seed: `chain ${name}` },
        (person) => person.getByName('at') === name,
      );
      expectShare(share, at[index]!);
    });
  });

  it('exponential delays are shifted by one and cut to whole units', () => {
    // Whole days of 1 + Exp(mean 10): P(day < 4) = P(Exp < 3) = 1 - exp(-0.3).
    const library = libraryOf({
      m: {
        Initial: { type: 'Initial', direct_transition: 'Wait' },
        Wait: {
          type: 'Delay',
          unit: 'days',
          distribution: { kind: 'EXPONENTIAL', parameters: { mean: 10 } },
          direct_transition: 'Die',
        },
        Die: { type: 'Death', direct_transition: 'End' },
        End: end,
      },
    });
    const modules = compileModules({ natives: [], library });
    const share = shareOf(
      modules,
      { sex: 'F', days: 700, seed: 'exponential' },
      ({ death }) => death < 4 * day,
    );
    expectShare(share, 1 - Math.exp(-0.3));
  });
});

describeWithShared('appendicitis', 'synthea-modules/modules', (folder) => {
  it.each([
    ['M', 0.086],
    ['F', 0.067],
  ] as const)('comes once in a life to a share of %s that the module names: %d', async (sex, risk) => {
    const library = await readLibrary(folder);
    const modules = new Map([...library.modules].filter(([path]) => path === 'appendicitis'));
    const alone = compileModules({ natives: [], library: { ...library, modules } });
    const code = alone.names.codes.keys.id('74400008');
    // Who gets it does so by the age of 110, and nothing else of the module ends a life before.
    const share = shareOf(alone, { sex, days: 110 * 365.25, seed: `appendicitis ${sex}` }, ({ record }) => {
      const { conditions } = record.buffers;
      return Array.from({ length: conditions.count }, (_, row) => row).some(
        (row) => alone.names.codes.keyOfList(conditions.codes.at(row)) === code,
      );
    });
    expectShare(share, risk);
  });
});
