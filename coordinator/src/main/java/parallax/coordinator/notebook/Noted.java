package parallax.coordinator.notebook;

/** What became of something that somebody wanted to write down. */
public sealed interface Noted {
  /** It is on record. */
  record Written(Entry entry) implements Noted {}

  /** The same was on record already; nothing was written. */
  record Already(Entry entry) implements Noted {}

  /** There is no such incident. */
  record Unknown() implements Noted {}

  /** The incident is over, and nobody needs to take care of it. */
  record Over() implements Noted {}

  /** The incident has {@link Entry#MAX_WITH_PEOPLES} entries. */
  record Full() implements Noted {}
}
