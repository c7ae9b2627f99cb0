package parallax.deploy.probe;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Under which path pages are, behind a proxy that does not take it away; as {@code
 * --web.external-url} and {@code --web.route-prefix} of Prometheus' programs say it.
 *
 * @param prefix begins and ends with a slash
 * @param outside where people who ask for {@code /} are led when pages are elsewhere
 */
record WebRoot(String prefix, String outside) {
  /** Pages are right at the root. */
  static final WebRoot PLAIN = new WebRoot("/", "/");

  /** What a path asks for. */
  sealed interface Asked {
    /** A page, by its path without the prefix. */
    record Page(String path) implements Asked {}

    /** A page that is elsewhere. */
    record Elsewhere(String location) implements Asked {}

    record Nothing() implements Asked {}
  }

  /**
   * What the two options mean together.
   *
   * @param external the URL by which this is reached from outside, or its path; empty: not told
   * @param route the prefix of paths here; empty: the path of that URL
   * @throws IllegalArgumentException when one cannot be what it should be
   */
  static WebRoot of(Optional<String> external, Optional<String> route) {
    Optional<URI> url = external.map(WebRoot::url);
    String path = route.or(() -> url.map(URI::getRawPath)).orElse("/");
    String trimmed = path.replaceAll("^/+|/+$", "");
    if (!trimmed.matches("[A-Za-z0-9._~!$&'()*+,;=:@%/-]*") || trimmed.contains("//")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    String prefix = trimmed.isEmpty() ? "/" : "/" + trimmed + "/";
    return new WebRoot(prefix, url.map(URI::toString).orElse(prefix));
  }

  private static URI url(String written) {
    try {
      URI url = new URI(written);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (url.getScheme() == null ? written.startsWith("/") : web && url.getHost() != null) {
        return url;
      }
      throw new IllegalArgumentException("not an http or https URL: " + written);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + written, e);
    }
  }

  /** Where pages are whose server is at this URL, which ends with a slash; so does the answer. */
  String at(String server) {
    return server.substring(0, server.length() - 1) + prefix;
  }

  /** What is asked for by a path as it stands in a request. */
  Asked asked(String path) {
    if (path.startsWith(prefix)) {
      return new Asked.Page(path.substring(prefix.length() - 1));
    }
    if (path.concat("/").equals(prefix)) {
      return new Asked.Elsewhere(prefix);
    }
    return path.equals("/") ? new Asked.Elsewhere(outside) : new Asked.Nothing();
  }
}
