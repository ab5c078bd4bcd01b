import com.fasterxml.jackson.databind.*;
import org.apache.kafka.clients.consumer.*;
import org.apache.kafka.clients.producer.*;
import java.time.*;
import java.util.*;

public final class OrderReader {
  public static void main(String[] args) throws Exception {
    String bootstrap = args[0], unit = args[1];
    Map<String, Object> in = Map.of(
        "bootstrap.servers", bootstrap, "group.id", unit + "-orders", "isolation.level", "read_committed",
        "auto.offset.reset", "earliest", "enable.auto.commit", "false",
        "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
        "value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
    Map<String, Object> out = Map.of("bootstrap.servers", bootstrap, "enable.idempotence", "true",
        "key.serializer", "org.apache.kafka.common.serialization.StringSerializer",
        "value.serializer", "org.apache.kafka.common.serialization.StringSerializer");
    ObjectMapper json = new ObjectMapper();
    Map<String, Integer> revisions = new HashMap<>();          // in your database
    try (var consumer = new KafkaConsumer<String, String>(in); var producer = new KafkaProducer<String, String>(out)) {
      consumer.subscribe(List.of("city.workorders." + unit + ".v1"));
      while (true) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          JsonNode message = json.readTree(record.value()), order = message.get("data");
          String id = order.get("workOrderId").asText();
          int revision = order.get("revision").asInt();
          if (revision <= revisions.getOrDefault(id, 0)) continue;
          System.out.println(id + " r" + revision + " " + order.get("operation").asText() + " " + order.get("title").get("zh").asText());
          revisions.put(id, revision);
          if (order.get("operation").asText().equals("dispatched")) {
            var feedback = json.createObjectNode().put("specversion", "1.0").put("id", "acknowledge-" + unit + "-" + id)
                .put("source", "/" + unit).put("type", "city.workorder.feedback.v1").put("time", OffsetDateTime.now().toString());
            feedback.putObject("data").put("command", "acknowledge").put("order", id).put("unit", unit)
                .put("actor", "duty officer").put("reason", "taken by the duty room");
            producer.send(new ProducerRecord<>("city.workorders.feedback.v1", message.get("district").asText(), feedback.toString())).get();
          }
        }
        consumer.commitSync();
      }
    }
  }
}
