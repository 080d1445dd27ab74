import { stats, config, call, type LintCase } from './lint-case.js';

/** For each rule about what a configuration does: what makes it speak and what does not. */
export const configurationCases: Readonly<Record<string, LintCase>> = {
  'code-tag': {
    fires: [
      ['src-stats.s', stats('s: !!python/object/apply:os.system ["true"]')],
      ['src-stats.s[0].value', stats('s: [{value: !!python/tuple [1], count: 20}]')],
    ],
    silent: [stats('s: !!seq [{value: !!str 1, count: 20}]')],
  },
  'code-in-configuration': {
    fires: [
      ['config.story_generators_module', config('story_generators_module: ours')],
      [
        'config.story_generators[0].name',
        config('story_generators: [{name: ours.story, num_stories_per_pass: 1}]'),
      ],
      ['config.object_instantiation.made.class', config('object_instantiation: {made: {class: ours.Made}}')],
      ['config.tables.t.row_generators[0].name', call('ours.f', '[]')],
      ['config.tables.t.row_generators[0].name', call('"dist_gen.choice([1])or f"', '[]')],
      [
        'config.tables.t.row_generators[0].args[0]',
        call('dist_gen.choice', '["__import__(\\"os\\").getcwd()"]'),
      ],
      ['config.tables.t.row_generators[0].args[0]', call('dist_gen.choice', '["SRC_STATS[\\"a\\"] or f()"]')],
    ],
    silent: [
      call('dist_gen.constant', '[None]'),
      call('generic.text.word', '[generic]'),
      call('dist_gen.choice', '[\'SRC_STATS["auto__t__a"]["results"]\']'),
      call('dist_gen.normal', '[\'SRC_STATS["auto__t"]["results"][0]["mean__a"]\', 2.5]'),
      call('dist_gen.alternatives', '[\'sum(r["count"] for r in SRC_STATS["a"]["results"])\']'),
    ],
  },
  'values-in-configuration': {
    fires: [['config.tables.t.row_generators[0].args[0]', call('dist_gen.choice', '[[1, 2]]')]],
    silent: [call('dist_gen.constant', '[1]')],
  },
  'table-copied': {
    fires: [
      ['config.tables.ward.vocabulary_table', config('tables: {ward: {vocabulary_table: true}}')],
      ['ward', { 'ward.yaml': '- {ward_id: 1, name: x}' }],
    ],
    silent: [config('tables: {ward: {vocabulary_table: false}}')],
  },
};
