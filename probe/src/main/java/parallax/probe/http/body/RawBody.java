package parallax.probe.http.body;

/**
 * A body as far as it was read, still encoded.
 *
 * @param bytes empty when only the number mattered
 * @param size how many were read
 * @param complete whether that was all of it
 */
public record RawBody(byte[] bytes, int size, boolean complete) {}
