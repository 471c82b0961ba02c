{{/* At most 31 characters: the longest name made of it ends with -migrate-escalation-orchestrator, and a Job may have 63. */}}
{{- define "baton.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 31 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 31 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* dict: root, name, component */}}
{{- define "baton.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{- define "baton.labels" -}}
{{ include "baton.selector" . }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: baton
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{/* dict: root, name, image (repository, tag, digest; all optional) */}}
{{- define "baton.image" -}}
{{- $all := .root.Values.image -}}
{{- $own := default (dict) .image -}}
{{- $base := list $all.registry $all.repository .name | join "/" | trimPrefix "/" -}}
{{- if $own.repository }}{{ $base = $own.repository }}{{ end -}}
{{- if $own.digest -}}
{{ $base }}@{{ $own.digest }}
{{- else -}}
{{ $base }}:{{ $own.tag | default $all.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "baton.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ include "baton.fullname" . }}
{{- else -}}
{{ required "serviceAccount.name: name the ServiceAccount to use, or set serviceAccount.create" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{/* What Jobs before an install use: it must be there before everything else. */}}
{{- define "baton.hookServiceAccount" -}}
{{- ternary (printf "%s-hooks" (include "baton.fullname" .)) .Values.serviceAccount.name .Values.serviceAccount.create -}}
{{- end -}}

{{/* A service with what holds for all of it filled in. dict: root, name; gives YAML. */}}
{{- define "baton.service" -}}
{{- $facts := index (.root.Files.Get "files/services.yaml" | fromYaml) .name -}}
{{- $values := mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values.services .name)) -}}
{{- merge (dict "name" .name) $facts $values | toYaml -}}
{{- end -}}

{{/* The names of the services that are to run, as a YAML list. */}}
{{- define "baton.enabledServices" -}}
{{- $names := list -}}
{{- range $name := keys .Values.services | sortAlpha -}}
{{- $service := include "baton.service" (dict "root" $ "name" $name) | fromYaml -}}
{{- if $service.enabled }}{{ $names = append $names $name }}{{ end -}}
{{- end -}}
{{- $names | toYaml -}}
{{- end -}}

{{/* A public address. dict: root, door */}}
{{- define "baton.url" -}}
{{- $given := index .root.Values.urls .door -}}
{{- $host := index .root.Values.ingress.hosts .door -}}
{{- if $given -}}
{{- $given | trimSuffix "/" -}}
{{- else if and .root.Values.ingress.enabled $host -}}
https://{{ $host }}
{{- end -}}
{{- end -}}

{{/* Which of the autoscalers a service has: none, keda or hpa. dict: root, service */}}
{{- define "baton.autoscaler" -}}
{{- ternary .root.Values.autoscaling.mode "none" (.service.autoscaling.enabled) -}}
{{- end -}}

{{/* How many replicas a service has at least. dict: root, service */}}
{{- define "baton.leastReplicas" -}}
{{- ternary .service.replicas .service.autoscaling.minReplicas (eq (include "baton.autoscaler" .) "none") -}}
{{- end -}}
