package parallax.coordinator.notebook;

import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.core.notice.Notice;

/** What happened in an incident. */
public sealed interface Happening {
  /** The word under which it is kept. */
  enum Kind {
    OPENED,
    JOINED,
    CHANGED,
    PUBLISHED,
    ACKNOWLEDGED,
    NOTE,
    ACTION,
    TOLD,
    RESOLVED,
    REOPENED
  }

  /** What people do; the rest is written by Parallax itself. */
  sealed interface Deed extends Happening {}

  /**
   * The verdict fell.
   *
   * @param targets how many were hit then
   */
  record Opened(Reading reading, int targets) implements Happening {}

  /**
   * Further targets were hit.
   *
   * @param first the first {@link #MAX_NAMED} of them, sorted
   * @param count of all of them
   */
  record Joined(List<TargetName> first, int count) implements Happening {
    /** More are counted, not named. */
    public static final int MAX_NAMED = 100;

    public Joined {
      first = first.stream().limit(MAX_NAMED).toList();
    }
  }

  /** It is read otherwise now: for whom, or why. */
  record Changed(Reading from, Reading to) implements Happening {}

  /** It was confirmed, and people were told if anybody wanted to hear it. */
  record Published() implements Happening {}

  /** All is fine again. */
  record Resolved() implements Happening {}

  /**
   * It seemed to be over and was not.
   *
   * @param times how often by then
   */
  record Reopened(int times) implements Happening {}

  /**
   * A notice arrived, or was given up.
   *
   * @param error why it was given up; empty when it arrived
   */
  record Told(String receiver, Notice.Kind notice, boolean arrived, String error)
      implements Happening {
    public Told {
      error = PlainText.line(error, PlainText.MAX_LINE);
    }
  }

  /**
   * Somebody takes care of it.
   *
   * @param note what they say to it; may be empty
   */
  record Acknowledged(String note) implements Deed {
    public Acknowledged {
      note = PlainText.text(note);
    }
  }

  /** Somebody wrote something down. */
  record Note(String text) implements Deed {
    public Note {
      text = PlainText.text(text);
    }
  }

  /**
   * A step was taken, by hand or by a runbook.
   *
   * @param outcome what came of it
   */
  record Action(String step, String outcome) implements Deed {
    public Action {
      step = PlainText.line(step, PlainText.MAX_LINE);
      outcome = PlainText.text(outcome);
    }
  }

  /** The word for it. */
  default Kind kind() {
    return switch (this) {
      case Opened _ -> Kind.OPENED;
      case Joined _ -> Kind.JOINED;
      case Changed _ -> Kind.CHANGED;
      case Published _ -> Kind.PUBLISHED;
      case Resolved _ -> Kind.RESOLVED;
      case Reopened _ -> Kind.REOPENED;
      case Told _ -> Kind.TOLD;
      case Acknowledged _ -> Kind.ACKNOWLEDGED;
      case Note _ -> Kind.NOTE;
      case Action _ -> Kind.ACTION;
    };
  }

  /** Whether it is written however many entries there are; the core bounds how often it happens. */
  default boolean isAlwaysKept() {
    return switch (kind()) {
      case OPENED, PUBLISHED, RESOLVED, REOPENED -> true;
      case JOINED, CHANGED, TOLD, ACKNOWLEDGED, NOTE, ACTION -> false;
    };
  }
}
