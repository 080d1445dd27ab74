import {
  comparePopulations,
  type ComparedFigure,
} from '../../evaluation/trajectories/compare-populations.js';
import type { Command } from '../command.js';
import { runOnFile } from '../tables/run-on-file.js';
import { readPopulation } from './read-folder.js';

const linesPerSection = 12;

/** `picketfence compare A B`: how two folders of patients in Synthea(TM)'s CSV layout differ. */
export const compareCommand = {
  name: 'compare',
  summary: 'compare two folders of patients in the CSV layout of simulate: A B [--all]',
  options: { all: { type: 'boolean' } },
  positionals: ['left', 'right'],
  run: async (context, { left, right, all }) => {
    if (typeof left !== 'string' || typeof right !== 'string') {
      context.complain('Say which two folders: picketfence compare A B.');
      return 2;
    }
    return runOnFile(context, 'compare', async (signal) => {
      const [a, b] = [await readPopulation(left, signal), await readPopulation(right, signal)];
      context.print(`A: ${left}, ${a.patients.size} patients. B: ${right}, ${b.patients.size} patients.`);
      for (const line of reportLines(comparePopulations(a, b), all === true)) context.print(line);
    });
  },
} as const satisfies Command & { readonly positionals: readonly string[] };

/** A table for each section, the least alike first. */
function reportLines(figures: readonly ComparedFigure[], isWhole: boolean): string[] {
  const sections = new Map<string, ComparedFigure[]>();
  for (const figure of figures)
    sections.set(figure.section, [...(sections.get(figure.section) ?? []), figure]);
  return [...sections].flatMap(([name, members]) => {
    const sorted = [...members].sort((one, other) => one.q - other.q || one.p - other.p);
    const counted = (verdict: ComparedFigure['verdict']): number =>
      members.filter((figure) => figure.verdict === verdict).length;
    return [
      '',
      `${name}: ${members.length} compared, ${counted('differs')} differ, ${counted('equal')} shown to be equal`,
      '           A           B    z or D        q  verdict    what',
      ...(isWhole ? sorted : sorted.slice(0, linesPerSection)).map(lineOf),
    ];
  });
}

function lineOf({ left, right, statistic, q, verdict, name }: ComparedFigure): string {
  const numbers = [left, right].map((value) => value.toPrecision(4).padStart(12)).join('');
  return `${numbers}${statistic.toFixed(2).padStart(10)}${q.toFixed(4).padStart(9)}  ${verdict.padEnd(10)} ${name}`;
}
