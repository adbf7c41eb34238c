{{- define "guestbook.fullname" -}}
{{- if contains "guestbook" .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name "guestbook" | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "guestbook.labels" -}}
app.kubernetes.io/name: guestbook
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
