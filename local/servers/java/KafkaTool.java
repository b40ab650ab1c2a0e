import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileReader;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Does in one start what Kafka has several tools for: KafkaTool.java CLIENT_PROPERTIES <request >answer
 * The request is {users, topics, records, read}, in this order; the answer is what was read. Bytes are in Base64.
 */
public class KafkaTool
{
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITERATIONS = 4096;

    public static void main(String[] args)
    {
        try {
            work(args[0]);
        }
        catch (Exception e) {
            // Left to Java, an error of another thread makes the launcher of source files fail in its turn.
            System.err.println(e.getCause() == null ? e : e.getCause());
            System.exit(1);
        }
    }

    private static void work(String clientProperties)
            throws Exception
    {
        Properties client = new Properties();
        try (Reader reader = new FileReader(clientProperties)) {
            client.load(reader);
        }
        JsonNode request = JSON.readTree(System.in);
        try (Admin admin = Admin.create(client)) {
            putUsers(admin, request.path("users"));
            createTopics(admin, request.path("topics"));
        }
        send(client, request.path("records"));
        System.out.println(JSON.writeValueAsString(read(client, request.path("read"))));
    }

    private static void putUsers(Admin admin, JsonNode users)
            throws Exception
    {
        List<UserScramCredentialAlteration> alterations = new ArrayList<>();
        for (JsonNode user : users) {
            ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
            alterations.add(new UserScramCredentialUpsertion(user.get("name").asText(), info, user.get("password").asText()));
        }
        admin.alterUserScramCredentials(alterations).all().get();
    }

    /** Those that exist are left as they are. */
    private static void createTopics(Admin admin, JsonNode topics)
            throws Exception
    {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = new ArrayList<>();
        for (JsonNode topic : topics) {
            String name = topic.get("name").asText();
            Map<String, String> config = new HashMap<>();
            topic.path("config").properties().forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
            if (!existing.contains(name)) {
                missing.add(new NewTopic(name, Optional.of(topic.get("partitions").asInt()), Optional.empty()).configs(config));
            }
        }
        admin.createTopics(missing).all().get();
    }

    private static void send(Properties client, JsonNode records)
            throws Exception
    {
        if (records.isEmpty()) {
            return;
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (JsonNode record : records) {
                sent.add(producer.send(producerRecord(record)));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> producerRecord(JsonNode record)
            throws Exception
    {
        Integer partition = record.has("partition") ? record.get("partition").asInt() : null;
        Long timestamp = record.has("timestamp") ? record.get("timestamp").asLong() : null;
        ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(
                record.get("topic").asText(), partition, timestamp, bytes(record.get("key")), bytes(record.get("value")));
        for (Map.Entry<String, JsonNode> header : record.path("headers").properties()) {
            result.headers().add(header.getKey(), bytes(header.getValue()));
        }
        return result;
    }

    private static byte[] bytes(JsonNode node)
            throws Exception
    {
        return node == null ? null : node.binaryValue();
    }

    /** All that is in the topics now. */
    private static ArrayNode read(Properties client, JsonNode topics)
    {
        ArrayNode records = JSON.createArrayNode();
        if (topics.isEmpty()) {
            return records;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (JsonNode topic : topics) {
                consumer.partitionsFor(topic.asText()).forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> records.add(toJson(record)));
            }
        }
        return records;
    }

    private static ObjectNode toJson(ConsumerRecord<byte[], byte[]> record)
    {
        ObjectNode node = JSON.createObjectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("timestamp", record.timestamp())
                .put("key", record.key())
                .put("value", record.value());
        ObjectNode headers = node.putObject("headers");
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        return node;
    }
}
