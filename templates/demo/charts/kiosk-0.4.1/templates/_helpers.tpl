{{- define "kiosk.fullname" -}}
{{- if contains "kiosk" .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name "kiosk" | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "kiosk.labels" -}}
app.kubernetes.io/name: kiosk
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
