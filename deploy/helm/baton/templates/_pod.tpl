{{- define "baton.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "baton.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* What every Pod of ours has, whatever runs in it. dict: root, account */}}
{{- define "baton.podBasics" -}}
serviceAccountName: {{ .account }}
automountServiceAccountToken: false
# Variables that Kubernetes would make of Services are nobody's settings.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
securityContext: {{- include "baton.podSecurity" . | nindent 2 }}
{{- end -}}

{{/* dict: root, and of this container: kafka, database, tlsSecret (with a certificate of its own, or empty) */}}
{{- define "baton.volumes" -}}
{{- $tls := .root.Values.kafka.tls -}}
- name: tmp
  emptyDir: { sizeLimit: 256Mi }
{{- if and .kafka $tls.enabled .tlsSecret }}
# Whom it trusts is the same for all; who it is, is its own.
- name: kafka-tls
  projected:
    defaultMode: 0440
    sources:
      {{- if and $tls.existingSecret $tls.caKey }}
      - secret: { name: {{ $tls.existingSecret }}, items: [{ key: {{ $tls.caKey }}, path: {{ $tls.caKey }} }] }
      {{- end }}
      - secret:
          name: {{ .tlsSecret }}
          items: [{ key: {{ $tls.certKey }}, path: {{ $tls.certKey }} }, { key: {{ $tls.keyKey }}, path: {{ $tls.keyKey }} }]
{{- else if and .kafka $tls.enabled $tls.existingSecret }}
- name: kafka-tls
  secret: { secretName: {{ $tls.existingSecret }}, defaultMode: 0440 }
{{- end }}
{{- with .root.Values.postgres.tls }}
{{- if and $.database .existingSecret }}
- name: postgres-ca
  secret:
    secretName: {{ .existingSecret }}
    defaultMode: 0440
    items: [{ key: {{ .caKey }}, path: ca.crt }]
{{- else if and $.database .existingConfigMap }}
- name: postgres-ca
  configMap:
    name: {{ .existingConfigMap }}
    items: [{ key: {{ .caKey }}, path: ca.crt }]
{{- end }}
{{- end }}
{{- end -}}

{{- define "baton.volumeMounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if and .kafka .root.Values.kafka.tls.enabled (or .tlsSecret .root.Values.kafka.tls.existingSecret) }}
- { name: kafka-tls, mountPath: /etc/baton/kafka, readOnly: true }
{{- end }}
{{- if and .database (or .root.Values.postgres.tls.existingSecret .root.Values.postgres.tls.existingConfigMap) }}
- { name: postgres-ca, mountPath: /etc/baton/postgres, readOnly: true }
{{- end }}
{{- end -}}

{{/* dict: root, saslSecret and tlsSecret (of its own, or empty) */}}
{{- define "baton.kafkaEnv" -}}
{{- $kafka := .root.Values.kafka -}}
- { name: KAFKA_BROKERS, value: {{ $kafka.brokers | quote }} }
- { name: KAFKA_TOPIC_PREFIX, value: {{ $kafka.topicPrefix | quote }} }
{{- if $kafka.tls.enabled }}
- { name: KAFKA_TLS, value: 'on' }
{{- if and $kafka.tls.existingSecret $kafka.tls.caKey }}
- { name: KAFKA_TLS_CA, value: /etc/baton/kafka/{{ $kafka.tls.caKey }} }
{{- end }}
{{- if $kafka.tls.certKey }}
- { name: KAFKA_TLS_CERT, value: /etc/baton/kafka/{{ $kafka.tls.certKey }} }
- { name: KAFKA_TLS_KEY, value: /etc/baton/kafka/{{ $kafka.tls.keyKey }} }
{{- end }}
{{- end }}
{{- if $kafka.sasl.mechanism }}
{{- $secret := .saslSecret | default $kafka.sasl.existingSecret }}
- { name: KAFKA_SASL_MECHANISM, value: {{ $kafka.sasl.mechanism }} }
{{- if $kafka.sasl.usernameKey }}
- name: KAFKA_SASL_USERNAME
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: {{ $kafka.sasl.usernameKey }} } }
{{- else }}
- { name: KAFKA_SASL_USERNAME, value: {{ $secret | quote }} }
{{- end }}
- name: KAFKA_SASL_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: {{ $kafka.sasl.passwordKey }} } }
{{- end }}
{{- end -}}

{{/* Secrets of a sandbox are made by the chart; its Jobs run before them and have a copy. dict: root, hook */}}
{{- define "baton.keysSecret" -}}
{{- if .root.Values.sandbox.devSeed -}}
{{ include "baton.fullname" .root }}-{{ ternary "hooks" "dev" .hook }}
{{- else -}}
{{ .root.Values.secrets.existingSecret }}
{{- end -}}
{{- end -}}

{{- define "baton.databaseSecret" -}}
{{- if .root.Values.sandbox.devDatabaseUrl -}}
{{ include "baton.fullname" .root }}-{{ ternary "hooks" "dev" .hook }}
{{- else -}}
{{ .root.Values.postgres.existingSecret }}
{{- end -}}
{{- end -}}

{{/* dict: root, service, hook (a Job that makes tables) */}}
{{- define "baton.databaseEnv" -}}
{{- $secret := include "baton.databaseSecret" . -}}
{{- $as := ternary ".migrate" "" (and .hook .root.Values.postgres.separateMigrationRole (not .root.Values.sandbox.devDatabaseUrl)) -}}
{{- if .service.tables }}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: {{ .service.name }}{{ $as }} } }
{{- end }}
{{- if and .service.knowledge (or .root.Values.postgres.separateKnowledge) }}
- name: KNOWLEDGE_DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: knowledge{{ $as }} } }
{{- end }}
{{- end -}}

{{/* Everything a service reads from its environment. dict: root, service */}}
{{- define "baton.serviceEnv" -}}
{{- $root := .root -}}
{{- $service := .service -}}
{{- $given := keys $service.env -}}
{{- range $service.extraEnv }}{{ $given = append $given .name }}{{ end -}}
{{ include "baton.kafkaEnv" (dict "root" $root "saslSecret" $service.kafka.saslSecret "tlsSecret" $service.kafka.tlsSecret) }}
{{ include "baton.topicEnv" $root }}
- { name: HTTP_HOST, value: 0.0.0.0 }
- { name: HTTP_PORT, value: {{ $service.port | quote }} }
{{- if not (has "LOG_LEVEL" $given) }}
- { name: LOG_LEVEL, value: {{ $root.Values.logLevel }} }
{{- end }}
{{- if $service.preStopSeconds }}
# The preStop hook waits already until proxies have heard.
- { name: SHUTDOWN_DELAY_MS, value: '0' }
{{- end }}
- name: INSTANCE_ID
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
{{- include "baton.databaseEnv" (dict "root" $root "service" $service "hook" false) }}
{{- range $key := $service.keys }}
- name: {{ $key }}
  valueFrom: { secretKeyRef: { name: {{ include "baton.keysSecret" (dict "root" $root "hook" false) }}, key: {{ $key }} } }
{{- end }}
{{- if $service.publicUrl }}
- { name: PUBLIC_URL, value: {{ include "baton.url" (dict "root" $root "door" $service.door) | quote }} }
{{- end }}
{{- range $variable, $door := $service.addresses }}
{{- with include "baton.url" (dict "root" $root "door" $door) }}
- { name: {{ $variable }}, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{- $running := include "baton.enabledServices" $root | fromYamlArray }}
{{- range $variable, $other := $service.asks }}
{{- if has $other $running }}
- { name: {{ $variable }}, value: 'http://{{ include "baton.fullname" $root }}-{{ $other }}:{{ (index $root.Values.services $other).port }}' }
{{- end }}
{{- end }}
- { name: TRUSTED_PROXIES, value: {{ $root.Values.ingress.trustedProxies | quote }} }
{{- if and (ne $service.name "control-plane") (not (has "REQUESTS_PER_ADDRESS" $given)) }}
- { name: REQUESTS_PER_ADDRESS, value: {{ $root.Values.ingress.requestsPerAddress | quote }} }
{{- end }}
{{- if and (eq $service.name "control-plane") $root.Values.signIn.issuer }}
- { name: OIDC_ISSUER, value: {{ $root.Values.signIn.issuer | quote }} }
- { name: OIDC_CLIENT_ID, value: {{ $root.Values.signIn.clientId | quote }} }
- name: OIDC_CLIENT_SECRET
  valueFrom: { secretKeyRef: { name: {{ include "baton.keysSecret" (dict "root" $root "hook" false) }}, key: OIDC_CLIENT_SECRET } }
{{- with $root.Values.signIn.name }}
- { name: OIDC_NAME, value: {{ . | quote }} }
{{- end }}
{{- with $root.Values.signIn.defaultWorkspace }}
- { name: OIDC_DEFAULT_WORKSPACE, value: {{ . | quote }} }
{{- end }}
{{- with $root.Values.signIn.defaultRole }}
- { name: OIDC_DEFAULT_ROLE, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{- if eq $service.name "control-plane" }}
- { name: TOPICS_AT_START, value: leave }
{{- if $root.Values.sandbox.enabled }}
- { name: CRISP_API_URL, value: 'http://{{ include "baton.fullname" $root }}-crisp:4100' }
- { name: META_GRAPH_URL, value: 'http://{{ include "baton.fullname" $root }}-messenger:4110' }
- { name: SETTINGS_FILE, value: /etc/baton/settings/bots.yaml }
{{- end }}
{{- end }}
{{- with $root.Values.tracing.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: OTEL_TRACES_SAMPLER, value: parentbased_traceidratio }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ $root.Values.tracing.samplerRatio | quote }} }
{{- end }}
{{- range $variable, $value := $root.Values.tracing.env }}
- { name: {{ $variable }}, value: {{ $value | quote }} }
{{- end }}
{{- range $variable, $value := $service.env }}
- { name: {{ $variable }}, value: {{ $value | quote }} }
{{- end }}
{{- with $service.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* What topics should be like: for the Job that makes them, and for every service, which tells when they are not. */}}
{{- define "baton.topicEnv" -}}
- { name: TOPIC_PARTITIONS, value: {{ .Values.topics.partitions | quote }} }
- { name: TOPIC_REPLICATION, value: {{ .Values.topics.replication | quote }} }
- { name: TOPIC_MIN_INSYNC, value: {{ .Values.topics.minInsyncReplicas | quote }} }
- { name: TOPIC_RETENTION_DAYS, value: {{ .Values.topics.retentionDays | quote }} }
{{- end -}}
