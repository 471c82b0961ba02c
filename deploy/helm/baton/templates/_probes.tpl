{{/*
Startup waits a minute and a half for Postgres and for files that are read at the start; liveness restarts after half a minute in which only a restart
helps; readiness takes a replica out after ten seconds. dict: alive, ready
*/}}
{{- define "baton.probes" -}}
startupProbe:
  httpGet: { path: {{ .alive }}, port: http }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 45
livenessProbe:
  httpGet: { path: {{ .alive }}, port: http }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet: { path: {{ .ready }}, port: http }
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}
