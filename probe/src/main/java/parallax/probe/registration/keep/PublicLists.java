package parallax.probe.registration.keep;

import java.nio.file.Path;
import java.util.Optional;
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
                PublicSuffixes::size),
            folder),
        new KeptFile<>(
            new KeptFile.Kind<>(
                "rdap-bootstrap.json",
                RdapBootstrap::shipped,
                RdapBootstrap::read,
                RdapBootstrap::size),
            folder));
  }
}
