package parallax.coordinator.api.people;

import java.util.Optional;

/**
 * What a request shows of whom it comes from.
 *
 * @param loopback whether the connection comes from this machine
 * @param forwarded whether it says that it was handed on, by a proxy for example
 * @param host the Host header
 * @param origin the Origin header, which browsers send with what pages make them do
 * @param authorization the Authorization header
 */
public record Knock(
    boolean loopback,
    boolean forwarded,
    Optional<String> host,
    Optional<String> origin,
    Optional<String> authorization) {}
