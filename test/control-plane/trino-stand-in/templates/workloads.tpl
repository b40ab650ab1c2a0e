{{- $keda := .Values.server.keda }}
{{- range $role := list "coordinator" "worker" }}
{{- $values := index $.Values $role }}
{{- $labels := dict "app.kubernetes.io/name" "trino" "app.kubernetes.io/instance" $.Release.Name "app.kubernetes.io/component" $role }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $.Values.fullnameOverride }}-{{ $role }}
  annotations: {{ toJson $values.deployment.annotations }}
spec:
  {{- if or (eq $role "coordinator") (not (or $keda.enabled $.Values.server.autoscaling.enabled)) }}
  replicas: {{ eq $role "coordinator" | ternary 1 $.Values.server.workers }}
  {{- end }}
  strategy: {{ toJson $values.deployment.strategy }}
  selector: { matchLabels: {{ toJson $labels }} }
  template:
    metadata:
      labels: {{ toJson $labels }}
      annotations: {{ toJson $values.annotations }}
    spec:
      serviceAccountName: {{ $.Values.serviceAccount.name }}
      priorityClassName: {{ $values.priorityClassName }}
      securityContext: {{ toJson $.Values.securityContext }}
      nodeSelector: {{ toJson $values.nodeSelector }}
      tolerations: {{ toJson $values.tolerations }}
      topologySpreadConstraints: {{ toJson $values.topologySpreadConstraints }}
      terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds | default 30 }}
      volumes: {{ toJson $values.additionalVolumes }}
      containers:
        - name: trino-{{ $role }}
          image: trinodb/trino:{{ $.Values.image.tag }}
          # The official chart's default.
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
          env: {{ toJson $.Values.env }}
          volumeMounts: {{ toJson $values.additionalVolumeMounts }}
          lifecycle: {{ toJson $values.lifecycle }}
          resources: {{ toJson $values.resources }}
{{- end }}
{{- if $keda.enabled }}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ .Values.fullnameOverride }}-worker
spec:
  scaleTargetRef: { name: {{ .Values.fullnameOverride }}-worker }
  {{- omit $keda "enabled" "annotations" | toYaml | nindent 2 }}
{{- end }}
