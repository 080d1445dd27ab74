import { checkedFile } from './manifest.js';
import type { CandidateManifest, ManifestFile } from './manifest.js';

/** The part of a README on the files of data: what each is and how it is read. */
export function formatWords(manifest: CandidateManifest): string {
  const data = manifest.files.filter(({ role }) => role === 'data');
  return [
    '## How to read it',
    ...data.map((file) => wordsOn(file, manifest)),
    ...(data.length > 1 ? [agreement(manifest)] : []),
  ].join('\n\n');
}

function wordsOn(file: ManifestFile, manifest: CandidateManifest): string {
  return file.name.endsWith('.parquet') ? parquetWords(file) : csvWords(file, manifest);
}

function csvWords({ name }: ManifestFile, { files }: CandidateManifest): string {
  const descriptor = files.find(({ role }) => role === 'descriptor');
  return [
    `${name} is CSV (RFC 4180, UTF-8, comma, one heading line). An empty cell means the value is missing. Text that a`,
    'spreadsheet would run as a formula has an apostrophe before it.',
    ...(descriptor ? [`${descriptor.name} describes its columns (CSV on the Web).`] : []),
    '',
    '```',
    `Python: import pandas`,
    `        table = pandas.read_csv("${name}")`,
    `R:      library(readr)`,
    `        table <- read_csv("${name}")`,
    `DuckDB: CREATE TABLE data AS`,
    `        FROM read_csv('${name}');`,
    '```',
  ].join('\n');
}

function parquetWords({ name }: ManifestFile): string {
  return [
    `${name} is Apache Parquet (compressed with zstd), with typed columns: numbers, dates and times in UTC need no`,
    'parsing. A null means the value is missing. Texts are as they are, without an apostrophe before formulas: do not',
    'copy them into a spreadsheet unseen.',
    '',
    '```',
    `Python: import pandas`,
    `        table = pandas.read_parquet("${name}")`,
    `R:      library(arrow)`,
    `        table <- read_parquet("${name}")`,
    `DuckDB: CREATE TABLE data AS`,
    `        FROM read_parquet('${name}');`,
    '```',
  ].join('\n');
}

function agreement(manifest: CandidateManifest): string {
  return [
    'All of these files hold the same rows; they were compared cell by cell when they were written.',
    `The checks of this dataset read ${checkedFile(manifest)?.name ?? ''}.`,
  ].join('\n');
}
