import { describe, expect, it } from '@jest/globals';
import { complaintsAbout } from './complaints.js';
import { exposedSeries } from './series.js';

const known = exposedSeries();

describe('an expression', () => {
  it.each([
    ['sum by (outcome) (rate(baton_webhooks_total{platform="crisp"}[5m]))'],
    ['histogram_quantile(0.99, sum by (le, channel) (rate(baton_agent_word_seconds_bucket[5m])))'],
    ['rate(baton_agent_word_seconds_bucket{le=~"5(\\\\.0)?"}[5m])'],
    ['rate(baton_agent_word_seconds_bucket{le="0.25"}[5m])'],
    ['rate(baton_agent_word_seconds_bucket{le="+Inf"}[5m])'],
    ['baton_outbox_oldest_age_seconds{job="orchestrator", namespace=~".*"} > 60'],
    ['changes(process_start_time_seconds[15m]) and on (instance) baton_build_info'],
  ])('that is well has no complaints: %s', (expression) => {
    expect(complaintsAbout(expression, known)).toEqual([]);
  });

  it.each([
    ['sum(rate(baton_webhooks_total[5m])', /^not PromQL at character/],
    ['1 + 1', /asks for no series/],
    ['baton_web_hooks_total', /nobody exposes baton_web_hooks_total/],
    ['rate(baton_agent_word_seconds[5m])', /nobody exposes baton_agent_word_seconds$/],
    ['baton_webhooks_total{channel="x"}', /has no label channel/],
    ['baton_webhooks_total{platform="telegram"}', /never has platform="telegram"/],
    ['baton_webhooks_total{platform=~"crisp|telegram"}', /never has platform="telegram"/],
    ['rate(baton_agent_word_seconds_bucket{le="5"}[5m])', /is written 5\.0 by Prometheus 3/],
    ['rate(baton_agent_word_seconds_bucket{le=~"4(\\\\.0)?"}[5m])', /never has le="4"/],
    ['rate(baton_agent_word_seconds_bucket{le="0.3"}[5m])', /never has le="0.3"/],
    ['rate(baton_agent_word_seconds_bucket{le=~"5|10"}[5m])', /nobody can tell which bounds/],
    ['rate(baton_agent_word_seconds_count{le="5"}[5m])', /has no label le/],
    ['sum by (bot) (baton_sockets)', /groups by bot/],
    ['histogram_quantile(0.9, sum by (le) (rate(baton_agent_word_seconds_count[5m])))', /has no buckets/],
    ['histogram_quantile(0.9, sum(rate(baton_agent_word_seconds_bucket[5m])))', /without le/],
  ])('that is wrong is complained about: %s', (expression, complaint) => {
    expect(complaintsAbout(expression, known).join('\n')).toMatch(complaint);
  });
});
