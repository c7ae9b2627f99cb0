package parallax.coordinator.notify.slack;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that others can be below.
 *
 * @param channel its identity, {@code C0123456789}
 * @param ts of the message, {@code 1503435956.000247}
 */
record SlackThread(String channel, String ts) {
  private static final Pattern CHANNEL = Pattern.compile("[A-Z0-9]{1,64}");
  private static final Pattern TS = Pattern.compile("[0-9]{1,20}\\.[0-9]{1,10}");
  private static final char BETWEEN = ':';

  /** As Slack answers; empty when it is anything else. */
  static Optional<SlackThread> of(@Nullable Object channel, @Nullable Object ts) {
    return channel instanceof String place
            && ts instanceof String number
            && CHANNEL.matcher(place).matches()
            && TS.matcher(number).matches()
        ? Optional.of(new SlackThread(place, number))
        : Optional.empty();
  }

  /** As {@link #name} wrote it. */
  static Optional<SlackThread> of(String name) {
    int end = name.indexOf(BETWEEN);
    return end < 0
        ? Optional.empty()
        : of((Object) name.substring(0, end), name.substring(end + 1));
  }

  /** {@code channel:ts}. */
  String name() {
    return channel + BETWEEN + ts;
  }
}
