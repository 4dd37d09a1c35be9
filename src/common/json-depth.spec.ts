import { isDeeperThan } from './json-depth.js';

describe('isDeeperThan', () => {
  it.each([
    ['{"a": [1, {"b": 2}]}', 3],
    ['[[], [], {}]', 2],
    ['"[[[["', 0],
    ['{"a\\"[[[": "\\\\", "b": "]["}', 1],
    ['7', 0],
  ])('knows that %p is %i deep', (json, depth) => {
    expect(isDeeperThan(json, depth)).toBe(false);
    if (depth > 0) expect(isDeeperThan(json, depth - 1)).toBe(true);
  });
});
