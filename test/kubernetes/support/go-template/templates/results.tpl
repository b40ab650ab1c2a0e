apiVersion: v1
kind: ConfigMap
metadata:
  name: results
data:
{{- range $name, $template := .Values.templates }}
  {{ $name | quote }}: {{ tpl $template $.Values.data | quote }}
{{- end }}
