{{/* Keys of a sandbox follow from its seed, so that an upgrade does not change them. 32 bytes each, base64. */}}
{{- define "baton.devSecretData" -}}
{{- $seed := .Values.sandbox.devSeed -}}
{{- range list "SETTINGS_KEY_WEBHOOKS" "SETTINGS_KEY_CRISP" "SETTINGS_KEY_MESSENGER" "SETTINGS_KEY_MODELS" "HISTORY_KEY" "WEBCHAT_TOKEN_KEY" "PASS_KEY" }}
{{ . }}: {{ printf "%s %s" $seed . | sha256sum | trunc 32 | b64enc }}
{{- end }}
# The start page of the sandbox knows this one.
CONTROL_PLANE_KEY: sandbox-control-plane-key
{{- with .Values.sandbox.devDatabaseUrl }}
{{- range list "escalation-orchestrator" "channel-dispatcher" "ai-auto-reply" "control-plane" "knowledge" }}
{{ . }}: {{ $.Values.sandbox.devDatabaseUrl | quote }}
{{- end }}
{{- end }}
{{- end -}}
