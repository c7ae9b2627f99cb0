package parallax.coordinator.cluster.pack;

import java.util.function.Function;

/**
 * How a type is told to other members: as bytes, under a name that never changes.
 *
 * @param name of the type
 * @param read throws {@link IllegalArgumentException} for bytes that {@code write} did not give
 */
public record Wire<T>(
    Class<T> type, String name, Function<T, byte[]> write, Function<byte[], T> read) {}
