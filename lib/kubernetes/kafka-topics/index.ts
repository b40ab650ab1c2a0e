export { KafkaTopics, type KafkaTopicsOptions, type KafkaTopicsProps, kafkaTopicsViolations } from './kafka-topics';
