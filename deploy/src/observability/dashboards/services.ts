import { graph, quantile, rate, stat } from './board.js';
import type { Dashboard } from './board.js';

const OF_OURS = 'and on (namespace, job, instance) baton_build_info{$ns, job=~"$service"}';
const JOB = 'job=~"$service"';

/** Which process is unwell, and of what? */
export const services: Dashboard = {
  uid: 'baton-services',
  title: 'Baton · Services',
  description: 'Which process is unwell, and of what: traffic, errors, how long, how full.',
  variables: [{ name: 'service', label: 'Service', query: 'label_values(baton_build_info, job)' }],
  rows: [
    {
      title: 'Who is there?',
      panels: [
        graph({
          title: 'Ready',
          description: 'As the control plane saw each service: 1 while it answers and is ready.',
          unit: 'none',
          queries: [{ expr: 'max by (service) (baton_service_ready{$ns})', legend: '{{service}}' }],
          runbook: 'BatonServiceAway',
        }),
        graph({
          title: 'Since the last look',
          description: 'Since the control plane looked at everything: every 15 seconds is well. Beyond two minutes it shows nothing else.',
          unit: 's',
          queries: [{ expr: 'min(baton_look_age_seconds{$ns})', legend: 'last look' }],
          runbook: 'BatonNobodyLooks',
        }),
        graph({
          title: 'Replicas by version',
          description: 'Two versions for longer than an upgrade takes: it has stopped on its way.',
          unit: 'none',
          queries: [{ expr: `count by (job, version) (baton_build_info{$ns, ${JOB}})`, legend: '{{job}} {{version}}' }],
          runbook: 'BatonVersionsMixed',
        }),
        graph({
          title: 'Began anew',
          description: 'Starts of processes within 15 minutes. More than an upgrade brings: a crash loop.',
          unit: 'none',
          queries: [{ expr: `changes(process_start_time_seconds[15m]) ${OF_OURS}`, legend: '{{job}} {{instance}}' }],
          runbook: 'BatonCrashLoop',
        }),
        graph({
          title: 'Restarts of containers',
          description: 'As Kubernetes counts them (kube-state-metrics); empty elsewhere.',
          unit: 'none',
          queries: [
            {
              expr: 'increase(kube_pod_container_status_restarts_total{$ns}[15m]) and on (namespace, pod) group by (namespace, pod) (baton_build_info)',
              legend: '{{pod}}',
            },
          ],
          runbook: 'BatonCrashLoop',
        }),
      ],
    },
    {
      title: 'Traffic, errors, how long',
      panels: [
        graph({
          title: 'Records handled',
          description: 'By service and topic.',
          unit: 'cps',
          queries: [rate('baton_records_handled_total', ['job', 'topic'], JOB)],
          runbook: 'BatonConsumerBehind',
        }),
        graph({
          title: 'Records put aside, batches tried again',
          description: 'What went to the dead letters, and what our own Postgres or Kafka did not take at once.',
          unit: 'cps',
          queries: [
            { ...rate('baton_records_parked_total', ['job', 'topic', 'reason'], JOB), legend: 'put aside {{job}} {{topic}} {{reason}}' },
            { ...rate('baton_records_retried_total', ['job', 'topic'], JOB), legend: 'again {{job}} {{topic}}' },
          ],
          runbook: 'BatonDeadLettersOpen',
        }),
        graph({
          title: 'How long a batch takes (p95)',
          description: 'From its start to its end. Rising with the lag: Postgres is slow, or the service has too little CPU.',
          unit: 's',
          queries: [{ expr: quantile(0.95, 'baton_handling_seconds', ['job', 'topic'], { matchers: JOB }), legend: '{{job}} {{topic}}' }],
          runbook: 'BatonConsumerBehind',
        }),
        graph({
          title: 'Sockets of visitors',
          description: 'Open chats by replica. A cliff: that replica or its balancer let go of them.',
          unit: 'none',
          queries: [{ expr: 'sum by (instance) (baton_sockets{$ns})', legend: '{{instance}}' }],
          runbook: 'BatonServiceAway',
        }),
      ],
    },
    {
      title: 'How full',
      panels: [
        graph({
          title: 'CPU',
          description: 'Cores that each process uses.',
          unit: 'none',
          queries: [{ expr: `rate(process_cpu_seconds_total[$__rate_interval]) ${OF_OURS}`, legend: '{{job}} {{instance}}' }],
          runbook: 'BatonEventLoopSlow',
        }),
        graph({
          title: 'Memory',
          description: 'Resident memory of each process.',
          unit: 'bytes',
          queries: [{ expr: `process_resident_memory_bytes ${OF_OURS}`, legend: '{{job}} {{instance}}' }],
          runbook: 'BatonMemoryHigh',
        }),
        graph({
          title: 'Event loop late (p99)',
          description: 'How late turns of the event loop are. Above 0.1 s for long: too little CPU, or too much at once.',
          unit: 's',
          queries: [{ expr: `nodejs_eventloop_lag_p99_seconds ${OF_OURS}`, legend: '{{job}} {{instance}}' }],
          runbook: 'BatonEventLoopSlow',
        }),
        graph({
          title: 'Open files and sockets',
          description: 'File descriptors of each process. A line that only rises is a leak.',
          unit: 'none',
          queries: [{ expr: `process_open_fds ${OF_OURS}`, legend: '{{job}} {{instance}}' }],
        }),
        graph({
          title: 'Settings heard',
          description: 'Seconds since the control plane was heard. Below 60 is well; then the AI falls silent.',
          unit: 's',
          queries: [{ expr: `max by (job) (baton_settings_age_seconds{$ns, ${JOB}})`, legend: '{{job}}' }],
          runbook: 'BatonSettingsStale',
        }),
        stat({
          title: 'Files of visitors',
          description: 'Bytes in the dispatcher’s Postgres; FILES_TOTAL_MB is the end.',
          unit: 'bytes',
          queries: ['max(baton_files_stored_bytes{$ns})'],
        }),
      ],
    },
  ],
};
