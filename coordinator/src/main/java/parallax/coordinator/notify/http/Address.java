package parallax.coordinator.notify.http;

import java.net.URI;
import parallax.config.secret.Secret;

/** Addresses below a base that is configured, which may hold a secret. Pure. */
public final class Address {
  private Address() {}

  /**
   * The address below a base, whose own query is kept.
   *
   * @param path begins with a slash, or is empty
   * @param query added to that of the base; may be empty
   */
  public static Secret under(Secret base, String path, String query) {
    try {
      URI url = URI.create(base.reveal());
      if (url.getRawAuthority() == null || url.getRawPath() == null) {
        return base;
      }
      String own = url.getRawQuery() == null ? "" : url.getRawQuery();
      String both = own.isEmpty() || query.isEmpty() ? own + query : own + "&" + query;
      return Secret.of(
          url.getScheme()
              + "://"
              + url.getRawAuthority()
              + withoutSlash(url.getRawPath())
              + path
              + (both.isEmpty() ? "" : "?" + both));
    } catch (IllegalArgumentException e) {
      // The sender says what is wrong with it.
      return base;
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
