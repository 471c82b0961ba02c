import { describe, expect, it } from '@jest/globals';
import { categoriesOf, rowProblem, rowsOf } from './categories.js';

const billing = { name: 'billing', operatorIds: ['ada'], inboxId: '' };

describe('who answers what', () => {
  it('goes into lines and back', () => {
    const categories = { billing: { operatorIds: ['ada'] }, returns: { inboxId: 'box' } };
    expect(categoriesOf(rowsOf(categories))).toEqual(categories);
  });

  it.each([
    ['is whole', billing, [], undefined],
    ['has no name', { ...billing, name: ' ' }, [], 'Give it a name'],
    ['is there twice', { ...billing, name: 'Billing ' }, [billing], 'This category is there already'],
    ['leads nowhere', { ...billing, operatorIds: [] }, [], 'Name agents, an inbox, or both'],
  ])('%s', (_, row, others, problem) => {
    expect(rowProblem(row, others)).toBe(problem);
  });
});
