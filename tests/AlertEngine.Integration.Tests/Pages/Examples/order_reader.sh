kafka-console-consumer.sh --bootstrap-server "$1" --topic "city.workorders.$2.v1" --group "$2-desk" --isolation-level read_committed \
    --command-property auto.offset.reset=earliest \
  | python3 order_reader.py "$2" \
  | kafka-console-producer.sh --bootstrap-server "$1" --topic city.workorders.feedback.v1 --reader-property parse.key=true
