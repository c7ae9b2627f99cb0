package parallax.config.observation;

/**
 * A reason with what was seen. The detail may quote a hostile peer, so it is bounded and stripped
 * of everything that could steer a terminal, a log or a page: control, bidirectional and other
 * invisible characters become U+FFFD.
 *
 * @param reason from the closed taxonomy
 * @param detail what was seen, in words, at most {@link #MAX_DETAIL} characters; may be empty
 */
public record Finding(Reason reason, String detail) {
  /** The longest detail that is kept, in UTF-16 code units. */
  public static final int MAX_DETAIL = 300;

  public Finding {
    detail = Printable.bounded(detail, MAX_DETAIL);
  }

  public static Finding of(Reason reason) {
    return new Finding(reason, "");
  }

  /** For people: the reason's words and, where there is one, the detail. */
  public String words() {
    return detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
  }
}
