package parallax.coordinator.status.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.status.model.PublicIncident.Update;

/**
 * What the record holds of incidents.
 *
 * @param past incidents that are over, the newest first
 * @param updates what people said to the public, by incident
 */
public record Ledger(List<Incident> past, Map<IncidentId, List<Update>> updates) {
  /** Nothing. */
  public static final Ledger EMPTY = new Ledger(List.of(), new LinkedHashMap<>());

  public Ledger {
    past = List.copyOf(past);
    Map<IncidentId, List<Update>> copy = new LinkedHashMap<>();
    updates.forEach((id, said) -> copy.put(id, List.copyOf(said)));
    updates = Collections.unmodifiableMap(copy);
  }

  /** What people said to an incident, the oldest first. */
  List<Update> said(IncidentId incident) {
    return new ArrayList<>(updates.getOrDefault(incident, List.of()));
  }
}
