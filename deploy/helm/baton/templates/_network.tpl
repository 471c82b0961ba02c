{{- define "baton.egressDns" -}}
- to: {{- toYaml .Values.networkPolicy.dnsTo | nindent 4 }}
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end -}}

{{/* Brokers may have other addresses than those that were asked first, but the ports are known. */}}
{{- define "baton.egressKafka" -}}
{{- $ports := .Values.networkPolicy.kafka.extraPorts -}}
{{- range splitList "," .Values.kafka.brokers }}{{ $ports = append $ports (. | trim | splitList ":" | last | int) }}{{ end -}}
- ports:
  {{- range $ports | uniq }}
    - { port: {{ . }}, protocol: TCP }
  {{- end }}
  {{- with .Values.networkPolicy.kafka.to }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "baton.egressPostgres" -}}
- ports:
  {{- range .Values.networkPolicy.postgres.ports }}
    - { port: {{ . }}, protocol: TCP }
  {{- end }}
  {{- with .Values.networkPolicy.postgres.to }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "baton.egressTracing" -}}
- ports:
  {{- range .Values.networkPolicy.tracing.ports }}
    - { port: {{ . }}, protocol: TCP }
  {{- end }}
  {{- with .Values.networkPolicy.tracing.to }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "baton.egressOutside" -}}
{{- with .Values.networkPolicy.outside -}}
- ports:
  {{- range .ports }}
    - { port: {{ . }}, protocol: TCP }
  {{- end }}
  to:
    - ipBlock: { cidr: 0.0.0.0/0, except: {{ toJson .except }} }
    - ipBlock: { cidr: '::/0', except: {{ toJson .exceptV6 }} }
{{- end -}}
{{- end -}}

{{/* Pods of this release. dict: root, and name or component */}}
{{- define "baton.peer" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/instance: {{ .root.Release.Name }}
      {{- with .name }}
      app.kubernetes.io/name: {{ . }}
      {{- end }}
      {{- with .component }}
      app.kubernetes.io/component: {{ . }}
      {{- end }}
{{- end -}}

{{/*
Who may come to a service, as one list: a rule with an empty one would let in everybody. Its routed door is open where it has an address, by this
chart's Ingress or by a gateway of somebody else. dict: root, service, running
*/}}
{{- define "baton.peersOf" -}}
{{- $root := .root -}}
{{- $name := .service.name -}}
{{- $peers := list -}}
{{- if include "baton.url" (dict "root" $root "door" .service.door) }}{{ $peers = concat $peers $root.Values.networkPolicy.ingressFrom }}{{ end -}}
{{- $peers = concat $peers $root.Values.networkPolicy.metricsFrom -}}
{{- range $asker := .running -}}
{{- $asks := (include "baton.service" (dict "root" $root "name" $asker) | fromYaml).asks -}}
{{- if has $name (values (default (dict) $asks)) }}{{ $peers = concat $peers (include "baton.peer" (dict "root" $root "name" $asker) | fromYamlArray) }}{{ end -}}
{{- end -}}
{{- if $root.Values.walk.enabled }}{{ $peers = concat $peers (include "baton.peer" (dict "root" $root "component" "test") | fromYamlArray) }}{{ end -}}
{{- if $root.Values.sandbox.enabled }}{{ $peers = concat $peers (include "baton.peer" (dict "root" $root "component" "sandbox") | fromYamlArray) }}{{ end -}}
{{- $peers | toYaml -}}
{{- end -}}
