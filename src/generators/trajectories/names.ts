import { CodeBook } from './codes.js';
import { Interner } from './interner.js';

/**
 * Everything that has a name in a set of modules, by number. Native modules ask for their numbers once, when they are
 * bound, and never look up a name while a person lives.
 */
export class Names {
  readonly attributes = new Interner();
  readonly symptoms = new Interner();
  readonly vitalSigns = new Interner();
  readonly modules = new Interner();
  readonly states = new Interner();
  readonly encounterClasses = new Interner();
  /** Units, categories, severities and other words of a record that are fixed in a module. */
  readonly words = new Interner();
  readonly codes = new CodeBook();
}
