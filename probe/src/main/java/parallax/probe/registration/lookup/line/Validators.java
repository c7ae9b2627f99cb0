package parallax.probe.registration.lookup.line;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By what a server knows again what it sent (RFC 9110 section 8.8). What is too long to be kept
 * counts as not sent.
 *
 * @param etag with its quotes
 * @param lastModified as it was written
 */
public record Validators(Optional<String> etag, Optional<String> lastModified) {
  /** Of either. */
  public static final int MAX_CHARS = 255;

  /** The server sent none. */
  public static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

  public Validators {
    etag = etag.filter(Validators::isKept);
    lastModified = lastModified.filter(Validators::isKept);
  }

  private static boolean isKept(String text) {
    return !text.isBlank()
        && text.length() <= MAX_CHARS
        && text.chars().allMatch(each -> each >= ' ' && each < 0x7f);
  }

  /** The headers of a question for what is newer than that (RFC 9110 section 13.1). */
  public SortedMap<String, String> conditions() {
    SortedMap<String, String> headers = new TreeMap<>();
    etag.ifPresent(text -> headers.put("If-None-Match", text));
    lastModified.ifPresent(text -> headers.put("If-Modified-Since", text));
    return Collections.unmodifiableSortedMap(headers);
  }
}
