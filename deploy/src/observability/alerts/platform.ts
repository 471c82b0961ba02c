import { critical, warning } from './rule.js';
import type { RuleGroup } from './rule.js';

/** Only processes of Baton: each says which version it is. */
const OURS = 'and on (namespace, job, instance) baton_build_info';

/** Processes and what they live on. */
export const platform: RuleGroup = {
  name: 'baton-platform',
  rules: [
    critical({
      alert: 'BatonNotScraped',
      expr: 'absent(baton_build_info) or absent(baton_service_ready)',
      for: '5m',
      summary: 'Prometheus gets no metrics of Baton, or none of its control plane',
      description: 'No service answers the scrape, or the control plane does not: no other alert of Baton can be trusted now.',
    }),
    critical({
      alert: 'BatonServiceAway',
      expr: 'min by (namespace, service) (baton_service_ready) == 0',
      for: '2m',
      summary: 'A service does not answer or is not ready',
      description: '{{ $labels.service }} is away or says itself that it is not ready. Its work waits in Kafka.',
    }),
    critical({
      alert: 'BatonCriticalAlarm',
      expr: 'max by (namespace, code) (baton_alarm{severity="critical"}) > 0',
      for: '5m',
      summary: 'The control plane rings a critical alarm',
      description: '{{ $labels.code }} is open and nobody muted it.',
    }),
    critical({
      alert: 'BatonCrashLoop',
      expr: `changes(process_start_time_seconds[15m]) >= 3 ${OURS}`,
      summary: 'A process of Baton dies again and again',
      description: '{{ $labels.job }} on {{ $labels.instance }} began anew {{ $value | humanize }} times within 15 minutes.',
    }),
    warning({
      alert: 'BatonEventLoopSlow',
      expr: `nodejs_eventloop_lag_p99_seconds > 0.5 ${OURS}`,
      for: '10m',
      summary: 'A process of Baton has no time for its work',
      description: 'One in a hundred turns of {{ $labels.job }} on {{ $labels.instance }} is {{ $value | humanizeDuration }} late.',
    }),
    warning({
      alert: 'BatonMemoryHigh',
      expr:
        'max by (namespace, pod, container) (container_memory_working_set_bytes{container!=""})\n' +
        '/ max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}) > 0.9\n' +
        'and on (namespace, pod) group by (namespace, pod) (baton_build_info)',
      for: '10m',
      summary: 'A pod of Baton is about to be killed for its memory',
      description: '{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its limit.',
    }),
    warning({
      alert: 'BatonVersionsMixed',
      expr: 'count by (namespace) (count by (namespace, version) (baton_build_info)) > 1',
      for: '2h',
      summary: 'Two versions of Baton run for hours',
      description: '{{ $value | humanize }} versions run at once: an upgrade has stopped on its way.',
    }),
  ],
};
