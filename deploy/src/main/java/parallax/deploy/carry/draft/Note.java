package parallax.deploy.carry.draft;

import parallax.config.observation.Printable;
import parallax.config.problem.Place;

/**
 * Something about a place of their file that people should know.
 *
 * @param subject the target or receiver it is about; empty: the file
 * @param message one line, without secrets
 */
public record Note(Kind kind, Place place, String subject, String message) {
  private static final int MAX_SUBJECT = 100;
  private static final int MAX_MESSAGE = 400;

  /** What somebody else wrote is in both: they are cut, and what cannot be seen is replaced. */
  public Note {
    subject = Printable.bounded(subject, MAX_SUBJECT);
    message = Printable.bounded(message, MAX_MESSAGE);
  }

  /** What about it. */
  public enum Kind {
    /** It is not in what is written. */
    LEFT_OUT("not carried over"),
    /** It is there, and means something slightly different. */
    LOOK("have a look"),
    /** A secret that has to be set where the configuration is used. */
    SECRET("secret");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** {@code file:line:column: not carried over: subject: message}. */
  @Override
  public String toString() {
    return place + ": " + kind.words() + ": " + (subject.isEmpty() ? "" : subject + ": ") + message;
  }
}
