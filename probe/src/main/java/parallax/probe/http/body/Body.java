package parallax.probe.http.body;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;

/** A body as far as it was read. */
public final class Body {
  private final byte[] bytes;
  private final long size;
  private final boolean complete;

  /**
   * Takes over {@code bytes}.
   *
   * @param bytes empty when only the number mattered
   * @param size how many were read
   * @param complete whether that was all of it
   */
  Body(byte[] bytes, long size, boolean complete) {
    this.bytes = bytes;
    this.size = size;
    this.complete = complete;
  }

  byte[] bytes() {
    return bytes;
  }

  /** A reader of the bytes. */
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** The bytes as text. */
  public String text(Charset charset) {
    return new String(bytes, charset);
  }

  /** How many bytes were read. */
  public long size() {
    return size;
  }

  /** Whether that was all of it. */
  public boolean complete() {
    return complete;
  }
}
