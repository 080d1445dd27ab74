import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import type { JsonObject } from '../../src/generators/trajectories/library/fields.js';
import type { ModuleLibrary } from '../../src/generators/trajectories/library/module-library.js';
import { RecordBuffers } from '../../src/generators/trajectories/record/record-buffers.js';
import { simulatePerson, type Trajectory } from '../../src/generators/trajectories/simulate-person.js';
import { libraryOf } from '../support/trajectories/one-module.js';

/** PICKETFENCE_KNOWN_ANSWER_PERSONS asks for more. */
const persons = Number(process.env['PICKETFENCE_KNOWN_ANSWER_PERSONS'] ?? 500);
const day = 86_400_000;
const end = { type: 'Terminal' };
const loop = 'Poll';

/** Polls every `days` days in a state whose way back to itself is given; `more` are the other states. */
function polling(days: number, transition: JsonObject, more: Record<string, JsonObject> = {}): JsonObject {
  return {
    Initial: { type: 'Initial', direct_transition: loop },
    [loop]: { type: 'Delay', exact: { quantity: days, unit: 'days' }, ...transition },
    Die: { type: 'Death', direct_transition: 'End' },
    End: end,
    ...more,
  };
}

const share = (transition: string, distribution: unknown): JsonObject => ({ transition, distribution });

/** Chances that change with age, with the date, with an attribute that another module writes, and with a table. */
const library: ModuleLibrary = libraryOf(
  {
    a_writer: {
      Initial: { type: 'Initial', direct_transition: 'Wait' },
      Wait: { type: 'Delay', exact: { quantity: 400, unit: 'days' }, direct_transition: 'Set' },
      Set: { type: 'SetAttribute', attribute: 'chance', value: 0.2, direct_transition: 'End' },
      End: end,
    },
    b_named: polling(
      30,
      {
        distributed_transition: [share('Note', { attribute: 'chance', default: 0.01 }), share(loop, 1)],
      },
      { Note: { type: 'Counter', attribute: 'named', action: 'increment', direct_transition: loop } },
    ) as never,
    c_age: polling(
      4,
      {
        complex_transition: [
          {
            condition: { condition_type: 'Age', operator: '<', quantity: 1, unit: 'years' },
            distributions: [share('Note', 0.02), share(loop, 0.98)],
          },
          {
            condition: { condition_type: 'Date', operator: '<', year: 1972 },
            distributions: [share(loop, 0.7), share('Maybe', 0.3)],
          },
          { transition: loop },
        ],
      },
      {
        Maybe: {
          type: 'Simple',
          distributed_transition: [share(loop, 0.5), share('Note', 0.2), share('Other', 0.3)],
        },
        Note: { type: 'Counter', attribute: 'young', action: 'increment', direct_transition: loop },
        Other: { type: 'Counter', attribute: 'other', action: 'increment', direct_transition: loop },
      },
    ) as never,
    d_table: polling(
      11,
      {
        lookup_table_transition: ['Note', loop].map((transition) => ({
          ...{ transition, lookup_table_name: 'risk.csv', default_probability: transition === loop ? 1 : 0 },
        })),
      },
      { Note: { type: 'Counter', attribute: 'table', action: 'increment', direct_transition: loop } },
    ) as never,
    e_deadly: polling(30, { distributed_transition: [share('Die', 0.01), share(loop, 0.99)] }) as never,
  },
  { 'risk.csv': `time,Note,${loop}\n1970-06-01-1970-12-31,0.1,0.9\n1971-01-01-1972-06-30,0.03,0.97\n` },
);
const counters = ['named', 'young', 'other', 'table'];

interface Counts {
  /** By counter: its sum, and the sum of its squares, over persons. */
  readonly sums: number[];
  readonly squares: number[];
  deaths: number;
  deathDays: number;
  transitions: number;
}

function count(isFastForward: boolean, seed: string): Counts {
  const modules = compileModules({ natives: [], library, isFastForward });
  const options = { random: Random.fromSeed(seed), end: 1200 * day, buffers: new RecordBuffers() };
  const counts: Counts = {
    sums: [0, 0, 0, 0],
    squares: [0, 0, 0, 0],
    deaths: 0,
    deathDays: 0,
    transitions: 0,
  };
  for (let index = 0; index < persons; index += 1) {
    const life: Trajectory = simulatePerson(modules, { index, birth: 0, sex: 'F', attributes: {} }, options);
    counts.transitions += life.transitions;
    counters.forEach((name, at) => {
      const value = Number(life.person.getByName(name) ?? 0);
      counts.sums[at]! += value;
      counts.squares[at]! += value * value;
    });
    if (life.person.death >= options.end) continue;
    counts.deaths += 1;
    counts.deathDays += life.person.death / day;
    // A round is over after 30 days or a multiple of them, whichever way it is run through.
    expect(life.person.death % (30 * day)).toBe(0);
  }
  return counts;
}

describe('loops that are run through at once', () => {
  const exact = count(false, 'exact');
  const fast = count(true, 'fast');

  it('are left as often as when each round is drawn, whatever changes their chances', () => {
    // The difference of two means of `persons` each lies within five of its standard deviations: a false alarm of 5.7e-7 each.
    counters.forEach((name, at) => {
      const mean = (of: Counts): number => of.sums[at]! / persons;
      const variance = (of: Counts): number => of.squares[at]! / persons - mean(of) ** 2;
      const deviation = Math.sqrt((variance(exact) + variance(fast)) / persons);
      expect(mean(exact)).toBeGreaterThan(0.1);
      expect([name, Math.abs(mean(exact) - mean(fast)) / deviation < 5]).toEqual([name, true]);
    });
  });

  it('are left when arithmetic says', () => {
    // Of 1,200 days the rounds that end before the last step are 39: the last one, on day 1,200, is not looked at.
    const p = 1 - 0.99 ** 39;
    expect(Math.abs(fast.deaths / persons - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / persons));
    // Deaths are spread over 1,170 days; a standard deviation of their day is below a third of that.
    const [days, daysFast] = [exact, fast].map(({ deaths, deathDays }) => deathDays / deaths);
    expect(Math.abs(days! - daysFast!)).toBeLessThan(
      5 * 390 * Math.sqrt(2 / Math.min(exact.deaths, fast.deaths)),
    );
  });

  it('take a part of the moves', () => {
    expect(fast.transitions).toBeLessThan(exact.transitions / 3);
  });
});

describe('a loop that somebody asks about', () => {
  it('is not run through at once', () => {
    const asked = libraryOf({
      m: {
        ...(polling(7, { distributed_transition: [share('End', 0.1), share(loop, 0.9)] }) as Record<
          string,
          JsonObject
        >),
        Asks: {
          type: 'Guard',
          allow: { condition_type: 'PriorState', name: loop },
          direct_transition: 'End',
        },
      },
    });
    const moves = [false, true].map((isFastForward) => {
      const modules = compileModules({ natives: [], library: asked, isFastForward, leaveOutBroken: true });
      const options = { random: Random.fromSeed('asked'), end: 700 * day };
      return simulatePerson(modules, { index: 0, birth: 0, sex: 'F', attributes: {} }, options).transitions;
    });
    expect(moves[1]).toBe(moves[0]);
    expect(moves[0]).toBeGreaterThan(2);
  });
});
