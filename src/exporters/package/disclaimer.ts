/** UCLH's sentence, word for word; it goes with every synthetic dataset and is checked character by character. */
export const disclaimer =
  'These data are artificially generated, any resemblance to real patients is coincidental.';

/** What every file says of itself that can, and part of the name of every file of data. */
export const label = 'SYNTHETIC';
