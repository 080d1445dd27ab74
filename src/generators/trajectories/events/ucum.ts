/** Units of UCUM (case sensitive) that take prefixes, and others of them. */
const metric = new Set([
  ...['g', 'm', 's', 'L', 'l', 'mol', 'eq', 'osm', 'Pa', 'Hz', 'J', 'cal', 'W', 'V', 'Cel', 'K', 'U', 'kat'],
  ...['[iU]', '[IU]', 'm[Hg]', 'm[H2O]', 'bar', 'lm', 'Bq', 'Gy', 'Sv'],
]);
const others = new Set([
  ...['%', '[ppm]', '[pH]', '[degF]', '[HPF]', '[LPF]', '[in_i]', '[ft_i]', '[lb_av]', '[oz_av]', '[drp]'],
  ...['min', 'h', 'd', 'wk', 'mo', 'a', 'deg', "'", '10*', '10^'],
]);
const prefixes = ['', 'da', ...'Y Z E P T G M k h d c m u n p f a z y'.split(' ')];

/** Whether a unit is written in the Unified Code for Units of Measure, as far as medicine uses it. */
export function isUcum(unit: string): boolean {
  if (!/^[!-~]+$/.test(unit)) return false;
  return unit
    .replace(/^\//, '')
    .split(/[./](?![^[{]*[\]}])/)
    .every(isTerm);
}

function isTerm(term: string): boolean {
  const [, plain = '', annotation] = /^([^{}]*)(\{[^{}]*\})?$/.exec(term) ?? [term, term];
  if (plain === '') return annotation !== undefined;
  if (/^[1-9]\d*$/.test(plain)) return true;
  return [plain, plain.replace(/[+-]?\d+$/, '')].some(isSymbol);
}

function isSymbol(symbol: string): boolean {
  if (others.has(symbol)) return true;
  return prefixes.some((prefix) => symbol.startsWith(prefix) && metric.has(symbol.slice(prefix.length)));
}
