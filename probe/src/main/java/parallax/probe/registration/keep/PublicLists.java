package parallax.probe.registration.keep;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.probe.registration.rdap.RdapBootstrap;
import parallax.probe.registration.suffix.PublicSuffixes;

/**
 * The public lists that tell which name to ask about, and whom.
 *
 * @param suffixes the Public Suffix List
 * @param bootstrap IANA's file of RDAP servers
 */
public record PublicLists(KeptFile<PublicSuffixes> suffixes, KeptFile<RdapBootstrap> bootstrap) {
  /**
   * How new a list is.
   *
   * @param name of its file
   * @param asOf when it was the newest, where that is known
   * @param shipped whether it is the one that comes with Parallax
   */
  public record Dated(String name, Optional<Instant> asOf, boolean shipped, boolean old) {}

  /**
   * Those that are shipped, or newer ones.
   *
   * @param folder where newer ones are kept; empty: they are not
   */
  public static PublicLists in(Optional<Path> folder) {
    return new PublicLists(
        new KeptFile<>(
            new KeptFile.Kind<>(
                "public_suffix_list.dat",
                PublicSuffixes::shipped,
                PublicSuffixes::read,
                PublicSuffixes::size,
                PublicSuffixes::published),
            folder),
        new KeptFile<>(
            new KeptFile.Kind<>(
                "rdap-bootstrap.json",
                RdapBootstrap::shipped,
                RdapBootstrap::read,
                RdapBootstrap::size,
                RdapBootstrap::published),
            folder));
  }

  /** How new those are that were needed up to now. */
  public List<Dated> dated(Instant now) {
    return Stream.of(suffixes, bootstrap)
        .filter(KeptFile::isLoaded)
        .map(file -> dated(file, now))
        .toList();
  }

  private static Dated dated(KeptFile<?> file, Instant now) {
    KeptFile.Known<?> known = file.known();
    return new Dated(file.name(), known.asOf(), known.validators().isEmpty(), known.isOld(now));
  }
}
