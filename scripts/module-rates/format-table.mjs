import { ages, agesMax } from './ages.mjs';

const digits = (value) => String(Number(Number(value.toPrecision(4)).toFixed(9)));

/** A lookup table as CSV: age ranges (neighbours of equal rates joined), sex, one column a transition. */
export function formatTable({ columns, male, female }) {
  const lines = [
    ['M', male],
    ['F', female],
  ].flatMap(([gender, rows]) => joined(rows, gender));
  return `age,gender,${columns.join(',')}\n${lines.join('\n')}\n`;
}

function joined(rows, gender) {
  const texts = ages.map((age) => rows[age].map(digits).join(','));
  const starts = ages.filter((age) => age === 0 || texts[age] !== texts[age - 1]);
  return starts.map((start, i) => {
    const end = i + 1 < starts.length ? starts[i + 1] - 1 : Math.max(agesMax, 140);
    return `${start}-${end},${gender},${texts[start]}`;
  });
}
