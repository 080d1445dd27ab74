import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../../src/core/random/random.js';
import { compileModules } from '../../src/generators/trajectories/compile/compile-modules.js';
import { readLibrary } from '../../src/generators/trajectories/library/read-library.js';
import { RecordBuffers } from '../../src/generators/trajectories/record/record-buffers.js';
import { simulatePerson } from '../../src/generators/trajectories/simulate-person.js';
import { emptyTally, end, type Share } from './share.js';
import { year } from './tally.js';

/** Three of four persons are of an age at which much happens; years of age are weighted when figures are compared. */
const ages = { oldest: 104, young: 45, shareOfOlder: 0.75 };

const { seed, thread, threads, persons } = workerData as Share;
const compiled = compileModules({ natives: [], library: await readLibrary('content/modules') });
const random = Random.fromSeed(seed);
const places = random.fork('ages');
const tally = emptyTally();
const buffers = new RecordBuffers();
for (let index = thread; index < persons; index += threads) {
  const birth = Math.floor(end - ageAtEnd(index) * year);
  const sex = Math.floor(index / 2) % 2 === 0 ? 'F' : 'M';
  tally.add(simulatePerson(compiled, { index, birth, sex, attributes: {} }, { random, end, buffers }));
}
parentPort?.postMessage(tally);

function ageAtEnd(index: number): number {
  const { oldest, young, shareOfOlder } = ages;
  const place = places.uniformAt(index, 1);
  return places.uniformAt(index) < shareOfOlder ? young + place * (oldest - young) : place * young;
}
