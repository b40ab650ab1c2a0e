#!/bin/sh
# Makes the topics that are missing, gives the others the partitions they lack, and sets what the definition says of each:
# run.sh FOLDER. Nothing is deleted, and nothing that the definition does not name is changed.
# FOLDER holds client.properties, and in `topics` a line for each topic: NAME PARTITIONS REPLICAS SETTINGS, where REPLICAS
# may be `-` for the cluster's default, and SETTINGS names a properties file of the folder, or is `-`.
set -eu
folder=$1
# Where the image has its tools.
PATH=$PATH:/opt/kafka/bin
topics() {
  kafka-topics.sh --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$folder/client.properties" "$@" </dev/null
}
configs() {
  kafka-configs.sh --bootstrap-server "$BOOTSTRAP_SERVERS" --command-config "$folder/client.properties" "$@" </dev/null
}
# Partitions that a topic has; nothing when there is no such topic.
partitions_of() {
  printf '%s\n' "$existing" | awk -F '\t' -v head="Topic: $1" '
    $1 == head { for (i = 2; i <= NF; i++) if (sub(/^PartitionCount: /, "", $i)) print $i }'
}
existing=$(topics --describe)
while read -r name partitions replicas settings; do
  now=$(partitions_of "$name")
  if [ -z "$now" ]; then
    if [ "$replicas" = - ]; then set --; else set -- --replication-factor "$replicas"; fi
    topics --create --if-not-exists --topic "$name" --partitions "$partitions" "$@"
  elif [ "$now" -lt "$partitions" ]; then
    topics --alter --topic "$name" --partitions "$partitions"
  elif [ "$now" -gt "$partitions" ]; then
    echo "$name keeps its $now partitions: Kafka cannot take them away"
  fi
  [ "$settings" = - ] ||
    configs --alter --entity-type topics --entity-name "$name" --add-config-file "$folder/$settings"
done <"$folder/topics"
