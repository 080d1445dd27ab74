import type { CandidateManifest } from './manifest.js';
import { fileTable, howMade, inline } from './readme.js';

/** The README.md of simulated lives, for somebody who meets them without knowing picketfence. */
export function recordReadmeText(manifest: CandidateManifest): string {
  return [
    `# ${inline(manifest.title)}: synthetic data`,
    `**${manifest.disclaimer}**`,
    whatItIs(manifest),
    howMade(manifest, 'Rules (SHA-256 over every file of them)'),
    limits,
    fileTable(manifest),
  ]
    .join('\n\n')
    .concat('\n');
}

function whatItIs({ rows, files }: CandidateManifest): string {
  const archives = files.filter(({ mediaType }) => mediaType === 'application/zip').map(({ name }) => name);
  return [
    '## What this is',
    '',
    `The invented lives of ${rows} persons, simulated by clinical rules. No real record was looked at to make them.`,
    'The records are lines of JSON, one person a line, times in UTC.',
    ...(archives.length === 0 ? [] : [`The same lives in other formats: ${archives.join(', ')}.`]),
  ].join('\n');
}

const limits = [
  '## What it is not good for',
  '',
  '- How often things happen, and in which order, is what the rules say; they were written from published figures and are',
  '  far coarser than medicine. Nothing about real patients can be concluded from these lives.',
  '- Names, addresses, numbers and organisations are invented; numbers of the NHS are of the range kept for tests.',
  '- Not for direct care, and not as evidence for any clinical or operational decision.',
].join('\n');
