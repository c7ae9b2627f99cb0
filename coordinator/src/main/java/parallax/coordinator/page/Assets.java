package parallax.coordinator.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Style, script, icon and outlines of land of all pages. Their addresses hold a hash of what they
 * are, so that they may be kept for ever: what is changed has another address.
 */
public final class Assets {
  /** Below it they lie. */
  public static final String PATH = "/assets/";

  private static final int HASH_DIGITS = 16;

  /** How a file is told to be read. */
  private static final Map<String, String> TYPES =
      Map.of(
          "page.css", "text/css; charset=utf-8",
          "live.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "land.svg", "image/svg+xml");

  private final Map<String, Asset> byName = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  /** A file, as it is sent: text in UTF-8. */
  public record Asset(String contentType, String content) {}

  /** Reads them from the class path. */
  public Assets() {
    TYPES.forEach(
        (file, type) -> {
          String content = read(file);
          int dot = file.lastIndexOf('.');
          String name = file.substring(0, dot) + "." + hash(content) + file.substring(dot);
          byName.put(name, new Asset(type, content));
          places.put(file, PATH + name);
        });
  }

  /** Where a file is. */
  String place(String file) {
    return Optional.ofNullable(places.get(file)).orElseThrow();
  }

  /** What is at a name below {@link #PATH}. */
  public Optional<Asset> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static String read(String file) {
    try (InputStream resource = Assets.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalStateException(file + " is missing from the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private static String hash(String content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
