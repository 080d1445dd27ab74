import type { SemanticType } from '../../core/schema/schema.js';
import { formatWords } from './format-words.js';
import type { CandidateManifest, ManifestColumn, ManifestTier } from './manifest.js';

const typeWords: Record<SemanticType, string> = {
  number: 'number',
  integer: 'whole number',
  category: 'category',
  boolean: 'yes/no',
  date: 'date (YYYY-MM-DD)',
  datetime: 'date and time (UTC)',
  identifier: 'identifier',
  'free-text': 'free text',
};

/**
 * The README.md of a dataset, for somebody who meets it without knowing picketfence.
 * @param manifest with the data files; the README cannot hold its own hash, the manifest does
 */
export function readmeText(manifest: CandidateManifest): string {
  return [
    `# ${inline(manifest.title)}: synthetic data`,
    `**${manifest.disclaimer}**`,
    whatItIs(manifest),
    howMade(manifest, inputs[manifest.tier]),
    columnTable(manifest.columns),
    limits(manifest),
    formatWords(manifest),
    fileTable(manifest),
  ]
    .join('\n\n')
    .concat('\n');
}

const origins: Readonly<Record<ManifestTier, string>> = {
  STRUCTURAL: 'the public description of the columns; no real record was looked at to make it.',
  LOW: 'statistics about real records; no real record was copied, changed or masked to make it.',
  HIGH: 'a model that learned from real records; no real record was copied, changed or masked to make it.',
};

function whatItIs({ tier, rows, columns }: CandidateManifest): string {
  return [
    '## What this is',
    '',
    `${rows} rows and ${columns.length} columns that no patient stands behind. Each row was drawn by a computer from`,
    origins[tier],
  ].join('\n');
}

const inputs: Readonly<Record<ManifestTier, string>> = {
  STRUCTURAL: 'Schema (the public description of the columns)',
  LOW: 'Profile (the statistics it was drawn from)',
  HIGH: 'Model (what was learned from real records)',
};

/** @param input what the generator was given */
export function howMade(manifest: CandidateManifest, input: string): string {
  return [
    '## How it was made',
    '',
    `- Tier: ${manifest.tier}`,
    `- Generator: ${manifest.generator.name} ${manifest.generator.version}`,
    `- Seed: ${inline(manifest.seed)}`,
    `- Mechanism: ${manifest.mechanismHash}`,
    `- ${input}: ${manifest.inputHash}`,
    `- Policy: ${manifest.policyHash}`,
    '',
    'The same mechanism and seed make the same files again, byte for byte.',
  ].join('\n');
}

function columnTable(columns: readonly ManifestColumn[]): string {
  const lines = columns.map(
    ({ name, type, decimals }) => `| ${inline(name)} | ${typeWords[type]} | ${decimals ?? ''} |`,
  );
  return ['## Columns', '', '| column | type | decimals |', '| --- | --- | --- |', ...lines].join('\n');
}

const limitsOf: Readonly<Record<ManifestTier, readonly string[]>> = {
  STRUCTURAL: [
    '- All values are equally likely. Nothing about real patients can be learned from this file: no',
    '  average, no share, no relation between columns.',
  ],
  LOW: [
    '- Each column was drawn on its own. No relation between columns may be analysed: any correlation, trend or',
    '  difference between groups in this file is chance, and those of the real records are not in it.',
    '- Rows can be impossible in combination, for instance a diagnosis that does not fit an age.',
    '- The most extreme values and the rarest categories of the real records were left out on purpose; rare',
    '  categories appear together as "(other)".',
  ],
  HIGH: [
    '- Relations between columns were learned and are approximate: what is found here has to be confirmed on real',
    '  records before anybody relies on it.',
    '- The most extreme values and the rarest categories of the real records were left out on purpose; small groups',
    '  of patients are represented worst.',
  ],
};

function limits({ tier, cellsMadeSafe }: CandidateManifest): string {
  return [
    '## What it is not good for',
    '',
    ...limitsOf[tier],
    '- Not for direct care, and not as evidence for any clinical or operational decision.',
    ...(cellsMadeSafe === 0 ? [] : [madeSafe(cellsMadeSafe)]),
  ].join('\n');
}

function madeSafe(cells: number): string {
  return [
    `- ${cells} ${cells === 1 ? 'cell or heading begins' : 'cells or headings begin'} with an apostrophe in the CSV file that is not`,
    '  part of the value: without it a spreadsheet would run the text as a formula.',
  ].join('\n');
}

export function fileTable({ files }: CandidateManifest): string {
  const lines = files.map(
    ({ name, mediaType, rows, bytes, sha256 }) =>
      `| ${name} | ${mediaType} | ${rows ?? ''} | ${bytes} | ${sha256} |`,
  );
  return [
    '## Files',
    '',
    '| file | media type | rows | bytes | SHA-256 |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    'manifest.json holds the same in a form for programs, with the hash of this page.',
  ].join('\n');
}

/** Text from outside as one line that Markdown and HTML show as it is. */
export function inline(text: string): string {
  return text
    .replace(/[\p{Control}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*[\]<>|&]/g, (character) => `\\${character}`)
    .trim();
}
