import { nameOfPrepared, prepared } from './prepared-statement.js';

describe('a prepared statement', () => {
  it('has a name of its own, the same for the same text', () => {
    const one = prepared('SELECT 1 AS one');
    expect(one).toBe('SELECT 1 AS one');
    expect(nameOfPrepared(one)).toBe(nameOfPrepared(prepared('SELECT 1 AS one')));
    expect(nameOfPrepared(prepared('SELECT 2 AS two'))).not.toBe(nameOfPrepared(one));
  });

  it('is sent as it is when it was not prepared, and when there are too many', () => {
    expect(nameOfPrepared('SELECT 3 AS three')).toBeUndefined();
    for (let number = 0; number < 300; number++) prepared(`SELECT ${number} AS number`);
    expect(nameOfPrepared(prepared('SELECT 4 AS four'))).toBeUndefined();
  });
});
