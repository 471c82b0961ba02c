import { describe, expect, it } from '@jest/globals';
import { figureIn, labelIn } from './prometheus-text.js';

const TEXT = `# HELP baton_outbox_waiting Rows
# TYPE baton_outbox_waiting gauge
baton_outbox_waiting 3
baton_breakers_open{kind="crisp"} 1
baton_breakers_open{kind="messenger"} 2
baton_build_info{version="0.1.0"} 1
baton_outbox_waiting_more 9
process_start_time_seconds 1772000000.5
`;

describe('metrics in text', () => {
  it('are read by name, and added up over their labels', () => {
    expect(figureIn(TEXT, 'baton_outbox_waiting')).toBe(3);
    expect(figureIn(TEXT, 'baton_breakers_open')).toBe(3);
    expect(figureIn(TEXT, 'process_start_time_seconds')).toBe(1_772_000_000.5);
    expect(figureIn(TEXT, 'baton_unheard_of')).toBeUndefined();
  });
  it('tell their labels', () => {
    expect(labelIn(TEXT, 'baton_build_info', 'version')).toBe('0.1.0');
    expect(labelIn(TEXT, 'baton_build_info', 'other')).toBeUndefined();
  });
});
