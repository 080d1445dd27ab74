import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Random } from '../../src/core/random/random.js';

const blockRows = 10_000;

/** An extract that takes the jobs a while. The same for every run. */
export async function writeLargeExtract(file: string, rows: number): Promise<void> {
  const random = Random.fromSeed('large-extract');
  const stream = createWriteStream(file);
  stream.write('patient_id,age,weight,ward,admitted,outcome\n');
  for (let start = 0; start < rows; start += blockRows) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(rows, start + blockRows); row += 1) {
      const age = 18 + random.integerBelow(70);
      const weight = (45 + random.uniform() * 60).toFixed(1);
      const ward = ['A', 'B', 'C', 'D'][random.integerBelow(4)] ?? 'A';
      const day = String(1 + random.integerBelow(28)).padStart(2, '0');
      const outcome = random.uniform() < 0.2 ? 'readmitted' : 'home';
      lines.push(`P${String(row).padStart(9, '0')},${age},${weight},${ward},2024-03-${day},${outcome}\n`);
    }
    if (!stream.write(lines.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
