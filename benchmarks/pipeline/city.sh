# Sourced: a broker of its own, the program as it is published, events, rules and a configuration, all in one folder that goes away at the end.
# Sets root, work, boot, engine, topic, out, port; gives say, metric NAME and begin (starts the engine, sets pid). PEERS and KAFKA_HOME name the
# other engines and the broker; both lie beside the checkout.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
PEERS=${PEERS:-$root/../shared/peers} KAFKA_HOME=${KAFKA_HOME:-$root/../shared/kafka}
work=$(mktemp -d) topic=bench.events.v1 out=city.workorders.bench.v1 port=$((20000 + RANDOM % 10000))
say() { echo "$*" >&2; }
stop() {
  jobs -p | xargs -r kill 2>/dev/null || true
  "$KAFKA_HOME/bin/kafka-cluster" stop "$work/kafka" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

engine="$work/engine/alertengine"
dotnet publish -c Release -r linux-x64 -v q -o "$work/engine" "$root/engine/AlertEngine.Host" >&2
say "events and rules"
"$PEERS/bin/gen-events" "$events" "$work/events.ndjson" >&2
"$PEERS/bin/gen-rules" "$rules" "$work/rules" >&2
boot=$("$KAFKA_HOME/bin/kafka-cluster" start "$work/kafka" --port 0 --set log.message.timestamp.type=LogAppendTime)
cat >"$work/config.json" <<C
{ "AlertEngine": {
    "Kafka": { "BootstrapServers": "$boot", "Inputs": ["$topic"] },
    "Rules": ["$work/rules/bench.rules.yaml"], "City": "$work/rules/city.yaml",
    "Journal": { "ConnectionString": "$work/journal/lanes.db" }, "Http": { "Urls": "http://127.0.0.1:$port" } } }
C
"$engine" topics create --partitions 4 --config "$work/config.json" >&2

metric() { curl -s "http://127.0.0.1:$port/metrics" | awk -v name="$1" 'index($0, name) == 1 { sum += $2 } END { printf "%d", sum }'; }
begin() { "$engine" run --config "$work/config.json" 2>>"$work/engine.log" & pid=$!; }
