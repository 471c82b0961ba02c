import { describe, expect, it } from '@jest/globals';
import { byDocument, ndcg10, recall10 } from './retrieval-metrics.js';

const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];

describe('an order of documents', () => {
  it.each([
    ['the only one first', ['a'], 1, 1],
    ['the only one second', ['b'], 1 / Math.log2(3), 1],
    ['both first', ['a', 'b'], 1, 1],
    ['one of two, first', ['a', 'z'], 1 / (1 + 1 / Math.log2(3)), 0.5],
    ['beyond the tenth', ['k'], 0, 0],
    ['nothing to be found', [], 0, 0],
  ])('with %s', (_, relevant, ndcg, recall) => {
    expect(ndcg10([...ten, 'k'], new Set(relevant))).toBeCloseTo(ndcg, 10);
    expect(recall10([...ten, 'k'], new Set(relevant))).toBeCloseTo(recall, 10);
  });

  it('counts a document once, where its best piece stands', () => {
    expect(byDocument(['a', 'b', 'a', 'c', 'b'])).toEqual(['a', 'b', 'c']);
  });
});
