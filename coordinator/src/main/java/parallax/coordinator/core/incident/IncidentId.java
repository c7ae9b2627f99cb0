package parallax.coordinator.core.incident;

/** Identity of an incident: the same decision made twice gives the same identity. */
public record IncidentId(String value) implements Comparable<IncidentId> {
  @Override
  public int compareTo(IncidentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
