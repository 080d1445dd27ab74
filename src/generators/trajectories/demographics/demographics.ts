import type { Random } from '../../../core/random/random.js';
import type { Sex } from '../growth/growth-charts.js';

export const educations = ['less_than_hs', 'hs_degree', 'some_college', 'bs_degree'] as const;
export type Education = (typeof educations)[number];

/** Circumstances that modules ask about; each a chance in a pack and a fact of a person. */
export const socialCircumstances = [
  ...(['food_insecurity', 'severe_housing_cost_burden', 'unemployed'] as const),
  ...(['no_vehicle_access', 'uninsured'] as const),
];
export type SocialCircumstance = (typeof socialCircumstances)[number];

interface Place {
  /** Region or state. */
  readonly state: string;
  readonly county: string;
  readonly city: string;
  readonly address: string;
  /** No place has such a postcode. */
  readonly postcode: string;
}

/** What is settled about a person before their life begins. */
export interface Demographics {
  readonly sex: Sex;
  /** Milliseconds since 1970 in UTC. */
  readonly birth: number;
  /** As modules ask for it: white, black, asian, native or other. */
  readonly race: string;
  /** As the country counts: an NHS ethnic category, or hispanic and nonhispanic. */
  readonly ethnicity: string;
  readonly language: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly place: Place;
  readonly education: Education;
  /** 0 to 1. */
  readonly educationLevel: number;
  /** A year, in the money of the country. */
  readonly income: number;
  /** 0 to 1. */
  readonly incomeLevel: number;
  /** Income as a multiple of the poverty line. */
  readonly povertyRatio: number;
  /** 0 to 1. */
  readonly occupationLevel: number;
  /** The chance of each at a draw; `unemployed` is drawn again from 18 years on. */
  readonly social: Readonly<Record<SocialCircumstance, number>>;
  readonly practice: Provider;
  readonly hospital: Provider;
}

/** An invented organisation. */
export interface Provider {
  /** In the form of the country's codes, from a range that no organisation has. */
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
}

/** Which people are wanted. */
export interface PersonCriteria {
  readonly sex?: Sex;
  /** Whole years at the reference date, both included; 0 to 110. */
  readonly age?: { readonly low: number; readonly high: number };
  /** The name of a region, state, local authority or city. */
  readonly area?: string;
}

/** A country that people can be drawn from. */
export interface DemographicPack {
  readonly name: string;
  readonly title: string;
  readonly country: string;
  /**
   * Draws people who meet the criteria, each in the proportion they have in the country.
   * @param referenceDate milliseconds since 1970: ages are counted on that day
   * @throws {NobodyThereError} when nobody meets the criteria
   */
  people(criteria: PersonCriteria, referenceDate: number): PersonSource;
}

/** A person from the random numbers of that person alone: the same stream, the same person. */
export type PersonSource = (random: Random) => Demographics;

/** The criteria describe nobody; the message says which of them. */
export class NobodyThereError extends Error {
  override readonly name = 'NobodyThereError';
}
