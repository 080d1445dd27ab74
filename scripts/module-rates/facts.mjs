import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ages, parseBand, sexes } from './ages.mjs';

/** Records of a CSV file with a header line and quotes after RFC 4180. */
export function readCsv(file) {
  const [header, ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const names = splitLine(header);
  return lines.map((line) => Object.fromEntries(splitLine(line).map((cell, i) => [names[i], cell])));
}

function splitLine(line) {
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  const trimmed = line.endsWith(',') ? cells : cells.slice(0, -1);
  return trimmed.map((cell) =>
    cell
      .replace(/,$/, '')
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  );
}

/** The reference figures of the folder `data/uk`, by sex and completed year of age. */
export function readFacts(folder) {
  const read = (name) => readCsv(path.join(folder, name));
  const figures = read('prevalence_incidence_activity.csv');
  const mortality = bySex((sex) => totalMortality(read('life_table_england_2016_2018_by_imd.csv'), sex));
  const lifestyle = read('lifestyle_risk_factors.csv');
  return {
    shape: (topic, sex) => bandsOf(figures, topic, sex),
    mortality,
    weights: bySex((sex) => populationOf(read('population_by_age_sex_region.csv'), sex, mortality[sex])),
    causeRate: (cause, sex) => causeRates(read('deaths_by_cause_england_2014_2016.csv'), cause, sex),
    lifestyle: (topic, categories, sex) => lifestyleBands(lifestyle, topic, categories, sex),
    fertility: read('births_fertility.csv').filter((row) => row.measure === 'age_specific_fertility_rate'),
  };
}

export const bySex = (make) => Object.fromEntries(sexes.map((sex) => [sex, make(sex)]));

function bandsOf(figures, topic, sex) {
  const rows = figures.filter(
    (row) => row.topic === topic && row.sex === sex && row.source_quality === 'memory_shape',
  );
  if (rows.length === 0) throw new Error(`No age-sex shape of ${topic} for ${sex} in the reference data.`);
  return rows.map((row) => ({ ...parseBand(row.age_band), value: Number(row.value) }));
}

/** Deaths a person-year; beyond 89 the slope of the ages 79 to 89 goes on, scaled to the published expectation at 90. */
function totalMortality(rows, sex) {
  const own = rows.filter((row) => row.sex === sex && row.imd_quintile === 'all');
  const rates = own.map((row) => Number(row.mx));
  const slope = (Math.log(rates[89]) - Math.log(rates[79])) / 10;
  const expected = 1 / rates[90];
  const tail = (scale) =>
    ages.slice(90).map((age) => Math.min(0.7, scale * rates[89] * Math.exp(slope * (age - 89))));
  let scale = 1;
  for (let round = 0; round < 40; round += 1) scale *= expectation(tail(scale)) / expected;
  return [...rates.slice(0, 90), ...tail(scale)];
}

/** Years lived after the first age of the rates. */
export function expectation(rates) {
  let alive = 1;
  let lived = 0;
  for (const rate of rates) {
    const next = alive * Math.exp(-rate);
    lived += (alive + next) / 2;
    alive = next;
  }
  return lived;
}

function populationOf(rows, sex, mortality) {
  const counts = ages.map(() => 0);
  for (const row of rows) {
    if (row.area_name !== 'England' || row.sex !== sex) continue;
    counts[Number(row.age)] = Number(row.mid2021);
  }
  let share = 1;
  const shares = ages.slice(90).map((age) => (share *= Math.exp(-mortality[age])));
  const total = shares.reduce((sum, value) => sum + value, 0);
  const open = counts[90];
  shares.forEach((value, i) => (counts[90 + i] = (open * value) / total));
  return counts;
}

/** Deaths a person-year from the causes whose name starts so, log-linear between the middles of the bands. */
function causeRates(rows, cause, sex) {
  const named = rows.filter((row) => row.cause.startsWith(cause) && row.imd_quintile === 'all');
  if (named.length === 0) throw new Error(`No cause of death starts with "${cause}" in the reference data.`);
  const own = named.filter((row) => row.sex === sex);
  if (own.length === 0) return ages.map(() => 0);
  const knots = own
    .map((row) => ({ band: parseBand(row.age_band), rate: Math.max(1e-9, Number(row.rate_per_100k) / 1e5) }))
    .map(({ band, rate }) => ({ at: band.low >= 90 ? 93 : (band.low + band.high + 1) / 2, rate }))
    .sort((a, b) => a.at - b.at);
  return ages.map((age) => logLinear(knots, age + 0.5));
}

function logLinear(knots, at) {
  const after = knots.findIndex((knot) => knot.at > at);
  if (after === 0) return knots[0].rate;
  const [low, high] = after < 0 ? knots.slice(-2) : [knots[after - 1], knots[after]];
  const t = Math.min(1.5, (at - low.at) / (high.at - low.at));
  return Math.exp(Math.log(low.rate) * (1 - t) + Math.log(high.rate) * t);
}

function lifestyleBands(rows, topic, categories, sex) {
  const own = rows.filter(
    (row) => row.topic === topic && row.sex === sex && categories.includes(row.category),
  );
  const bands = new Map();
  for (const row of own) {
    const band = parseBand(row.age_band);
    if (band === null || row.source_quality !== 'memory_shape') continue;
    const key = row.age_band;
    bands.set(key, { ...band, value: (bands.get(key)?.value ?? 0) + Number(row.value) });
  }
  return [...bands.values()];
}
