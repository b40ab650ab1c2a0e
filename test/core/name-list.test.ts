import { nearestName, repeatedNames } from '../../lib/core';

test('a name that stands twice, or more often, is told once', () => {
  expect(repeatedNames(['a', 'b', 'a', 'a', 'c', 'c'])).toEqual(['a', 'c']);
  expect(repeatedNames(['a', 'b'])).toEqual([]);
});

test('a slip of the pen finds the name that was meant; what is far from all of them, or one of them, finds none', () => {
  const names = ['min-replicas', 'max-replicas'];
  expect(nearestName('min-replica', names)).toBe('min-replicas');
  expect(nearestName('memory', names)).toBeUndefined();
  expect(nearestName('min-replicas', ['min-replicas'])).toBeUndefined();
  expect(nearestName('min', [])).toBeUndefined();
});
