"""Reads the orders of a unit from standard input, one CloudEvent a line; writes an acknowledgement of each new one to standard output: key, tab, value."""
import datetime, json, sys

unit = sys.argv[1]
revisions = {}                                                  # in your database
for line in sys.stdin:
    message = json.loads(line)
    order = message["data"]
    if order["revision"] <= revisions.get(order["workOrderId"], 0):
        continue                                                # your own restart: read again, known already
    print(order["workOrderId"], order["revision"], order["operation"], order["title"]["zh"], file=sys.stderr)
    revisions[order["workOrderId"]] = order["revision"]
    if order["operation"] == "dispatched":
        feedback = {"specversion": "1.0", "id": f"acknowledge-{unit}-{order['workOrderId']}", "source": f"/{unit}",
                    "type": "city.workorder.feedback.v1", "time": datetime.datetime.now(datetime.timezone.utc).isoformat(),
                    "data": {"command": "acknowledge", "order": order["workOrderId"], "unit": unit,
                             "actor": "duty officer", "reason": "taken by the duty room"}}
        print(message["district"], json.dumps(feedback), sep="\t", flush=True)
