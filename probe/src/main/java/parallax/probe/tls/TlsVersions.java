package parallax.probe.tls;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import parallax.config.check.TlsPolicy.TlsVersion;

/**
 * The protocol versions that a client offers.
 *
 * @param oldest not newer than {@code newest}
 */
public record TlsVersions(TlsVersion oldest, TlsVersion newest) {
  /** Everything that was ever widely used, so that old versions are seen. */
  public static final TlsVersions ALL = new TlsVersions(TlsVersion.TLS_1_0, TlsVersion.TLS_1_3);

  public TlsVersions {
    if (oldest.compareTo(newest) > 0) {
      throw new IllegalArgumentException("no version from " + oldest + " to " + newest);
    }
  }

  List<TlsVersion> newestFirst() {
    return Arrays.stream(TlsVersion.values())
        .filter(version -> version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0)
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
