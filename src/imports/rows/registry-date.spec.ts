import { registryDate } from './registry-date.js';

it.each([
  ['01/31/2025', '2025-01-31'],
  ['1/2/2025', '2025-01-02'],
  ['2025-01-31', '2025-01-31'],
  ['2025-01-31T00:00:00.000Z', '2025-01-31'],
])('reads %s', (text, day) => expect(registryDate(text)?.toISOString()).toBe(`${day}T00:00:00.000Z`));

it.each(['', '02/30/2025', '2025-13-01', '45000', 'soon'])('knows that %p is no day', (text) =>
  expect(registryDate(text)).toBeNull(),
);
