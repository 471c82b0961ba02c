import { catchAll } from './alarms.js';
import { CONTAINERS, SERVICE_IN_JOB } from './jobs.js';
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
      expr: 'absent(baton_build_info) or absent(baton_look_age_seconds)',
      for: '5m',
      summary: 'Prometheus gets no metrics of Baton, or none of its control plane',
      description: 'No service answers the scrape, or the control plane does not: no other alert of Baton can be trusted now.',
    }),
    warning({
      alert: 'BatonServiceNotScraped',
      expr:
        'max by (namespace, service) (baton_service_ready) == 1\n' +
        `unless on (namespace, service) label_replace(group by (namespace, job) (baton_build_info), "service", "$1", "job", "${SERVICE_IN_JOB}")`,
      for: '5m',
      summary: 'Prometheus gets no metrics of a service that is well',
      description: 'Nothing of {{ $labels.service }} is scraped: no alert about its words, outbox or work outside can fire.',
    }),
    critical({
      alert: 'BatonNobodyLooks',
      expr: 'min by (namespace) (baton_look_age_seconds) > 120',
      for: '1m',
      summary: 'The control plane does not see how everything stands',
      description:
        'Nobody has looked for {{ $value | humanizeDuration }}: nothing is known of lag, dead letters, tokens and services, and no alarm opens or ends.',
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
      expr: `max by (namespace, code) (${catchAll}) > 0`,
      for: '5m',
      summary: 'The control plane rings a critical alarm',
      description: '{{ $labels.code }} is open and nobody muted it.',
    }),
    critical({
      alert: 'BatonCrashLoop',
      expr:
        `max by (namespace, job) (changes(process_start_time_seconds[15m]) ${OURS}) >= 3\n` +
        'or max by (namespace, job) (label_replace(\n' +
        `  increase(kube_pod_container_status_restarts_total{container=~"${CONTAINERS}"}[30m]), "job", "$1", "container", "(.+)"\n` +
        ') and on (namespace) group by (namespace) (baton_build_info)) >= 3',
      summary: 'A process of Baton dies again and again',
      description: 'A replica of {{ $labels.job }} began anew {{ $value | humanize }} times within minutes.',
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
