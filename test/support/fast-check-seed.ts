import fc from 'fast-check';

/**
 * Properties are tried on the same cases in every run, so that a red run is about the change and not about luck.
 * FAST_CHECK_SEED=n tries other cases; a failure prints the seed it came from.
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_122),
});
