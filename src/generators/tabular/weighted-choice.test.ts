import { WeightedChoice } from './weighted-choice.js';

describe('a weighted choice', () => {
  it.each([
    [1e-300, 1],
    [0.24, 1],
    [0.26, 3],
    [1, 3],
  ])('maps the uniform %d to index %d and never to one of weight zero', (uniform, index) => {
    expect(new WeightedChoice('wards', [0, 10, 0, 30, 0]).pick(uniform)).toBe(index);
  });

  it.each([[[]], [[0, 0]], [[-1, 2]], [[NaN]], [[Infinity]]])('refuses the weights %j', (weights) => {
    expect(() => new WeightedChoice('wards', weights)).toThrow(RangeError);
  });
});
