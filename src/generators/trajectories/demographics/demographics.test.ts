import fc from 'fast-check';
import { Random } from '../../../core/random/random.js';
import { anEnglandWalesPack, contentText } from '../testing/content.js';
import { PackError } from '../tables/read-records.js';
import { NobodyThereError, type Demographics } from './demographics.js';
import { nhsNumber, nhsNumbers } from './nhs-number.js';
import { townPack } from './town-pack.js';

const pack = anEnglandWalesPack();
const referenceDate = Date.UTC(2026, 0, 1);
const year = 365.2425 * 86_400_000;
const root = Random.fromSeed('people');
const draw = (count: number, people: (random: Random) => Demographics): Demographics[] =>
  Array.from({ length: count }, (_, index) => people(root.fork(`person/${index}`)));
const share = (people: Demographics[], is: (one: Demographics) => boolean): number =>
  people.filter(is).length / people.length;

describe('people of England and Wales', () => {
  const everybody = draw(4000, pack.people({}, referenceDate));

  it('have the shares of the country', () => {
    // Standard errors at n = 4000 are below 0.008; the bounds are four of them around the published shares.
    expect(share(everybody, ({ sex }) => sex === 'F')).toBeCloseTo(0.51, 1);
    expect(Math.abs(share(everybody, ({ place }) => place.state === 'London') - 0.148)).toBeLessThan(0.023);
    const old = share(everybody, ({ birth }) => referenceDate - birth > 65 * year);
    expect(Math.abs(old - 0.187)).toBeLessThan(0.025);
    expect(Math.abs(share(everybody, ({ ethnicity }) => ethnicity === 'A') - 0.744)).toBeLessThan(0.028);
  });

  it('are the same one by one, whoever else is drawn', () => {
    expect(draw(3, pack.people({}, referenceDate))).toEqual(everybody.slice(0, 3));
  });

  it('meet the criteria', () => {
    const some = draw(
      300,
      pack.people({ sex: 'F', age: { low: 60, high: 65 }, area: 'leeds' }, referenceDate),
    );
    for (const { sex, birth, place } of some) {
      expect(sex).toBe('F');
      expect(place.city).toBe('Leeds');
      expect(birth).toBeLessThanOrEqual(Date.UTC(1966, 0, 1));
      expect(birth).toBeGreaterThan(Date.UTC(1960, 0, 1) - year);
    }
  });

  it('can be older than the open last group', () => {
    const old = draw(200, pack.people({ age: { low: 95, high: 105 } }, referenceDate));
    const ages = old.map(({ birth }) => Math.floor((referenceDate - birth) / year));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(94);
    expect(Math.max(...ages)).toBeLessThanOrEqual(105);
    expect(new Set(ages).size).toBeGreaterThan(4);
  });

  it('are refused where nobody lives', () => {
    expect(() => pack.people({ area: 'Atlantis' }, referenceDate)).toThrow(NobodyThereError);
    expect(() => pack.people({ age: { low: 80, high: 70 } }, referenceDate)).toThrow(NobodyThereError);
  });

  it('live where no post goes and are with practices that do not exist', () => {
    for (const { place, practice, hospital } of everybody.slice(0, 200)) {
      expect(place.postcode).toMatch(/^ZZ\d{1,2} \d[A-Z]{2}$/);
      expect(practice.code).toMatch(/^ZZ[W6-9][0-9A-Z]{4}$/);
      expect(practice.name).toContain('Synthetic Practice');
      expect(hospital.code.endsWith('00')).toBe(true);
    }
  });
});

describe('NHS numbers', () => {
  it('are of the test range, pass modulus 11 and differ', () => {
    fc.assert(
      fc.property(fc.nat(nhsNumbers - 1), (serial) => {
        const digits = (nhsNumber(serial) ?? '').split('').map(Number);
        expect(digits).toHaveLength(10);
        expect(digits.slice(0, 3)).toEqual([9, 9, 9]);
        // The check of the NHS Data Dictionary: weights 10 to 2, and 1 for the check digit itself, divide by 11.
        expect(digits.reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11).toBe(0);
      }),
    );
    expect(new Set(Array.from({ length: 5000 }, (_, serial) => nhsNumber(serial))).size).toBe(5000);
    expect(nhsNumber(nhsNumbers)).toBeNull();
  });
});

describe('a pack of towns in the layout of demographics.csv', () => {
  const header =
    'ID,COUNTY,NAME,STNAME,POPESTIMATE2015,CTYNAME,TOT_POP,TOT_MALE,TOT_FEMALE,WHITE,HISPANIC,BLACK,ASIAN,NATIVE,OTHER,' +
    '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,00..10,10..15,15..25,25..35,35..50,50..75,75..100,100..150,150..200,' +
    '200..999,LESS_THAN_HS,HS_DEGREE,SOME_COLLEGE,BS_DEGREE';
  const line = `7,101,Testville,Pennsylvania,1000,Test County,1000,0.25,0.75,0.5,0.2,0.5,0,0,0,${Array.from({ length: 18 }, (_, band) => (band === 3 ? 1 : 0)).join()},0,0,1,0,0,0,0,0,0,0,0,1,0,0`;
  const sdoh =
    'FIPS_CODE,COUNTY_CODE,COUNTY,ST,STATE,FOOD_INSECURITY,SEVERE_HOUSING_COST_BURDEN,UNEMPLOYED,NO_VEHICLE_ACCESS,UNINSURED\n1,1,Test County,PA,PENNSYLVANIA,0.1,0.2,0.3,0.4,0.5\n';
  const folder = 'demographics/england-wales/';
  const texts = {
    demographics: `${header}\n${line}\n`,
    social: sdoh,
    givenNames: contentText(`${folder}given-names.csv`),
    givenNamesByGroup: contentText(`${folder}given-names-by-group.csv`),
    surnames: contentText(`${folder}surnames.csv`),
  };

  it('draws by its shares', () => {
    const people = draw(800, townPack(texts).people({}, referenceDate));
    // Standard error at most 0.018 each.
    expect(Math.abs(share(people, ({ sex }) => sex === 'F') - 0.75)).toBeLessThan(0.07);
    expect(Math.abs(share(people, ({ race }) => race === 'black') - 0.5)).toBeLessThan(0.08);
    expect(Math.abs(share(people, ({ ethnicity }) => ethnicity === 'hispanic') - 0.2)).toBeLessThan(0.06);
    for (const { birth, income, education, social, place } of people) {
      expect(Math.floor((referenceDate - birth) / year)).toBeGreaterThanOrEqual(14);
      expect(Math.floor((referenceDate - birth) / year)).toBeLessThanOrEqual(20);
      expect(income).toBeGreaterThanOrEqual(15_000);
      expect(income).toBeLessThanOrEqual(25_000);
      expect(education).toBe('hs_degree');
      expect(social.uninsured).toBe(0.5);
      expect(place).toMatchObject({ city: 'Testville', state: 'Pennsylvania', county: 'Test County' });
    }
  });

  it('gives a town without education that of its state, by people', () => {
    const schooling = /0,1,0,0$/;
    const without = line.replace('7,101,Testville', '8,101,Nowhere').replace(schooling, ',,,');
    const other = line
      .replace('7,101,Testville', '9,101,Elsewhere')
      .replace('1000,Test County', '3000,Test County')
      .replace(schooling, '0,0,1,0');
    const abroad = line.replace('Pennsylvania', 'Ohio').replace(schooling, '1,0,0,0');
    const demographics = [header, line, without, other, abroad, ''].join('\n');
    const people = draw(800, townPack({ ...texts, demographics }).people({ area: 'Nowhere' }, referenceDate));
    // A quarter and three quarters of the state's people; standard error 0.015.
    expect(Math.abs(share(people, ({ education }) => education === 'hs_degree') - 0.25)).toBeLessThan(0.06);
    expect(share(people, ({ education }) => education === 'less_than_hs')).toBe(0);
  });

  it('says that no town at all has an income', () => {
    const none = texts.demographics.replace(/(0,){2}1,((0,){7})(?=0,1,0,0\n)/, '0,0,0,$2');
    expect(() => townPack({ ...texts, demographics: none })).toThrow(
      /^demographics.csv: no place has a number above 0 in 00\.\.10, /,
    );
  });

  it('names the cell that is no number', () => {
    const broken = texts.demographics.replace(',1000,Test', ',many,Test');
    expect(() => townPack({ ...texts, demographics: broken })).toThrow(
      new PackError('demographics.csv, line 2: POPESTIMATE2015 "many" is not a number.'),
    );
  });
});
