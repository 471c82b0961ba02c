import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { PageShape, pageOf } from './paging.js';

const Page = z.strictObject(PageShape);
const rows = [3, 2, 1].map((n) => ({ at: 1_767_600_000_000 + n, id: `5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a1${n}` }));

describe('a list in pages', () => {
  it('goes on where the page before ended', () => {
    const { rows: page, next } = pageOf(rows, 2, (row) => row);
    expect(page).toEqual(rows.slice(0, 2));
    expect(Page.parse({ before: next, limit: '2' })).toEqual({ before: rows[1], limit: 2 });
  });

  it('has no next page when all was read', () => {
    expect(pageOf(rows, 3, (row) => row)).toEqual({ rows, next: null });
    expect(pageOf([], 3, (row: (typeof rows)[number]) => row)).toEqual({ rows: [], next: null });
  });

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '201' }, 'limit'],
    [{ limit: 'x' }, 'limit'],
    [{ before: '' }, 'before'],
    [{ before: 'x' }, 'before'],
    [{ before: Buffer.from('1.no-uuid').toString('base64url') }, 'before'],
    [{ before: Buffer.from(`x.${rows[0]!.id}`).toString('base64url') }, 'before'],
  ])('is refused by %j', (query, field) => {
    expect(Page.safeParse(query).error?.issues[0]?.path).toEqual([field]);
  });
});
