import { describe, expect, it } from '@jest/globals';
import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError, TypeORMError } from 'typeorm';
import { isTransient } from './is-transient.js';

const coded = (code: string, message = 'said by Postgres'): Error => Object.assign(new Error(message), { code });

describe('the same work may succeed later', () => {
  it.each([
    ['another transaction won (serialization)', coded('40001')],
    ['a deadlock', coded('40P01')],
    ['Postgres is shutting down', coded('57P01')],
    ['Postgres is starting up', coded('57P03')],
    ['too many connections', coded('53300')],
    ['the disk is full', coded('53100')],
    ['the connection broke', coded('08006')],
    ['nobody listens on the port', coded('ECONNREFUSED')],
    ['nobody listens on any address of the host', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
    ['the socket was closed under a statement', new Error('Connection terminated unexpectedly')],
    ['no connection of the pool became free in time', new Error('timeout exceeded when trying to connect')],
    ['the data source is not open yet', new TypeORMError('Driver not Connected')],
    ['TypeORM let go of a broken connection', new QueryRunnerAlreadyReleasedError()],
    ['its manager noticed that first', new QueryRunnerProviderAlreadyReleasedError()],
    ['any of them inside an error of TypeORM', new QueryFailedError('SELECT 1', [], coded('40P01'))],
    ['any of them as the cause of another error', new Error('the turn was not written', { cause: coded('57P01') })],
  ])('when %s', (_, error) => {
    expect(isTransient(error)).toBe(true);
  });
});

describe('the same work fails again', () => {
  it.each([
    ['a row of that key exists', coded('23505')],
    ['a check of the table said no', coded('23514')],
    ['the statement is wrong', coded('42601')],
    ['the table does not exist', coded('42P01')],
    ['a mistake of our own', new TypeError('undefined is not a function')],
    ['a string was thrown', '40001'],
    ['nothing was thrown', undefined],
  ])('when %s', (_, error) => {
    expect(isTransient(error)).toBe(false);
  });
});
