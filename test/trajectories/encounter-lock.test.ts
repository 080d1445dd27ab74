import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import type { CompiledState, Frame, Trace } from '../../src/generators/trajectories/engine/machine.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { simulatePerson } from '../../src/generators/trajectories/simulate-person.js';
import { standInLifecycle } from '../../src/generators/trajectories/testing/stand-in-lifecycle.js';
import { describeWithShared } from '../support/shared-data.js';

const lives = 12;
const end = Date.UTC(2026, 0, 1);
const step = 7 * 86_400_000;

/**
 * Follows the encounters that modules begin themselves, from the moves of the modules alone, and writes down each that begins while
 * another module is in one, or more than a step before the last one was over: within a step the clock may be set back.
 */
class LockWatch implements Trace {
  readonly broken: string[] = [];
  begun = 0;
  #holder = -1;
  #over = -Infinity;

  moved({ run, state, module }: Frame, exited: number, next: CompiledState): void {
    const { name } = run;
    if (state.type === 'Encounter' && !state.waitsForVisit) {
      this.begun += 1;
      if (this.#holder >= 0 && this.#holder !== name)
        this.broken.push(`${module.path} begins one within that of module ${this.#holder}`);
      if (this.#holder < 0 && exited < this.#over - step)
        this.broken.push(`${module.path} begins one before the last was over`);
      this.#holder = name;
    }
    const isLeft = state.type === 'EncounterEnd' || (next.isTerminal && module === run.frame.module);
    if (!isLeft || this.#holder !== name) return;
    this.#holder = -1;
    this.#over = exited;
  }
}

describeWithShared('encounters of the stock modules', 'synthea-modules/modules', (folder) => {
  it(`begin one after the other in ${lives} lives`, async () => {
    const modules = compileModules({ library: await readLibrary(folder), natives: [standInLifecycle] });
    const watches = Array.from({ length: lives }, (_, index) => {
      const watch = new LockWatch();
      const birth = end - (30 + index * 5) * 365 * 86_400_000;
      const attributes = { race: 'white', ethnicity: 'nonhispanic', state: 'Massachusetts' };
      simulatePerson(
        modules,
        { index, birth, sex: index % 2 === 0 ? 'F' : 'M', attributes },
        { random: Random.fromSeed('lock'), end, trace: watch },
      );
      return watch;
    });
    expect(watches.flatMap(({ broken }) => broken)).toEqual([]);
    expect(watches.reduce((sum, { begun }) => sum + begun, 0)).toBeGreaterThan(20 * lives);
  }, 300_000);
});
