package parallax.coordinator.replay.scenario;

/**
 * A probe.
 *
 * @param region where it stands
 * @param country ISO 3166-1 alpha-2
 * @param asn the network it sits in
 * @param resolver the recursive resolver it uses, shared by several probes
 */
public record ScenarioProbe(String id, String region, String country, long asn, String resolver) {}
