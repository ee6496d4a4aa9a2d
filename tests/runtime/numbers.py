"""Reading what `/metrics` tells, as Prometheus does."""

from prometheus_client.parser import text_string_to_metric_families


def numbers_in(text: bytes) -> dict[str, float]:
    """Return every number by its name and labels, as in `sent_total{channel=telegram,priority=answer}`."""
    found = {}
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            name = sample.name.removeprefix("buurtbode_")
            found[f"{name}{{{labels}}}" if labels else name] = sample.value
    return found
