package parallax.coordinator.cluster.discovery;

/**
 * What a member tells the others of itself.
 *
 * @param name for people
 * @param http where it serves HTTP, such as {@code http://10.0.0.1:8080}
 * @param version of the software
 */
public record MemberCard(String name, String http, String version) {}
