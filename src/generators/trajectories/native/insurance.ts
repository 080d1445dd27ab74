import type { NativeModule } from './native-module.js';

const medicareAge = 65;
/** Income below which Medicaid pays, as a multiple of the poverty line (adults, Affordable Care Act). */
const medicaidRatio = 1.38;

/**
 * Who pays, as far as modules ask: `medicare`, `medicaid`, `private` or `none`, anew on each birthday. In a country
 * whose health service asks nobody for a payer the attribute stays absent.
 */
export function insurance(country: string): NativeModule {
  return {
    name: 'Insurance',
    place: 'before-visits',
    provides: { attributes: ['insurance_status'], vitalSigns: [] },
    bind: (names) => {
      const [status, ratio] = [names.attributes.id('insurance_status'), names.attributes.id('poverty_ratio')];
      const uninsured = names.attributes.id('uninsured');
      return {
        step: (person, time) => {
          if (country !== 'US') return Infinity;
          const age = person.ages.years(time);
          const isPoor = Number(person.get(ratio) ?? medicaidRatio) < medicaidRatio;
          const privately = person.get(uninsured) === true ? 'none' : 'private';
          person.set(status, age >= medicareAge ? 'medicare' : isPoor ? 'medicaid' : privately);
          return person.ages.monthsAfterBirth(12 * (age + 1));
        },
      };
    },
  };
}
