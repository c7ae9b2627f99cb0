package parallax.coordinator.notify.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import parallax.coordinator.notify.mail.Answer.Later;
import parallax.coordinator.notify.mail.Answer.Refused;
import parallax.coordinator.notify.mail.Answer.Taken;
import parallax.coordinator.notify.mail.message.Mailbox;

/**
 * Which recipients need a letter no more, so that an attempt after one that reached only some goes
 * to the others. It is lost with the process: then all get it again, under the same Message-ID.
 * Thread-safe.
 */
final class Settled {
  /** Letters remembered; the oldest is forgotten first. */
  static final int MAX_LETTERS = 1000;

  private final SequencedMap<String, Recipients> letters = new LinkedHashMap<>();

  synchronized Recipients of(String key) {
    Recipients known = letters.computeIfAbsent(key, _ -> new Recipients());
    if (letters.size() > MAX_LETTERS) {
      letters.pollFirstEntry();
    }
    return known;
  }

  /** Who has been told, and who cannot be. */
  static final class Recipients {
    private final SequencedMap<Mailbox, Answer> settled = new LinkedHashMap<>();

    synchronized void heard(Mailbox recipient, Answer answer) {
      switch (answer) {
        case Taken _, Refused _ -> settled.put(recipient, answer);
        case Later _ -> {}
      }
    }

    synchronized List<Mailbox> open(List<Mailbox> all) {
      return all.stream().filter(recipient -> !settled.containsKey(recipient)).toList();
    }

    synchronized long taken(List<Mailbox> all) {
      return all.stream().filter(recipient -> settled.get(recipient) instanceof Taken).count();
    }

    /** Why those who cannot be told cannot, in the order in which they refused. */
    synchronized List<String> refusals(List<Mailbox> all) {
      return settled.entrySet().stream()
          .filter(entry -> all.contains(entry.getKey()))
          .flatMap(
              entry ->
                  entry.getValue() instanceof Refused(String why)
                      ? List.of(why).stream()
                      : List.<String>of().stream())
          .toList();
    }
  }
}
